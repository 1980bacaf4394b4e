// @vitest-environment jsdom
import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { Toasts } from "@/ui/Toasts";
import { forgetVideo } from "./queries";
import { useForgetting } from "./useForgetting";

vi.mock("./queries", () => ({
  forgetVideo: vi.fn(() => Promise.resolve()),
  refreshWatched: vi.fn(() => Promise.resolve()),
}));

const TITLES = ["One", "Two"];

function List() {
  const { hidden, forget } = useForgetting();
  const shown = TITLES.filter((title) => !hidden.has(title));
  return (
    <ul>
      {shown.map((title) => (
        <li key={title}>
          <a href={`/${title}`}>{title}</a>
          <button type="button" onClick={() => forget({ id: title, title })}>
            Remove {title}
          </button>
        </li>
      ))}
    </ul>
  );
}

function draw() {
  return renderPart(
    <>
      <List />
      <Toasts />
    </>,
  );
}

function remove(title: string) {
  const button = screen.getByRole("button", { name: `Remove ${title}` });
  act(() => {
    button.focus();
    button.click();
  });
}

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
  vi.mocked(forgetVideo).mockClear();
});

test("what is removed is hidden at once, and the server hears of it when undoing is over", async () => {
  draw();
  remove("One");
  expect(screen.queryByText("One")).toBeNull();
  expect(screen.getByText("Two")).toHaveFocus();
  expect(forgetVideo).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(15_000));
  expect(forgetVideo).toHaveBeenCalledExactlyOnceWith("One", false);
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("what is taken back comes back, and the server never hears of it", async () => {
  draw();
  remove("One");
  act(() => screen.getByRole("button", { name: "Undo" }).click());
  expect(screen.getByText("One")).toBeVisible();
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(forgetVideo).not.toHaveBeenCalled();
});

test("leaving the page ends the time to undo", () => {
  const { unmount } = draw();
  remove("One");
  remove("Two");
  unmount();
  expect(vi.mocked(forgetVideo).mock.calls).toEqual([
    ["One", true],
    ["Two", true],
  ]);
});
