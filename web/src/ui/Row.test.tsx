// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPart } from "@/testing/render";
import { Row } from "./Row";

test("the arrow keys walk a row's links and stop at its ends", async () => {
  const user = userEvent.setup();
  renderPart(
    <Row title="New">
      {["One", "Two", "Three"].map((name) => (
        <li key={name}>
          <a href={`/${name}`}>{name}</a>
          <a href="/person" data-aside>
            By somebody
          </a>
        </li>
      ))}
    </Row>,
  );
  await user.tab();
  expect(screen.getByText("One")).toHaveFocus();
  await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  expect(screen.getByText("Three")).toHaveFocus();
  await user.keyboard("{ArrowLeft}");
  expect(screen.getByText("Two")).toHaveFocus();
});
