// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useHistory } from "./useHistory";

test("goes back and on again, typing as one step", () => {
  const { result } = renderHook(() => useHistory("a"));
  act(() => result.current.set("b", "typing"));
  act(() => result.current.set("bc", "typing"));
  act(() => result.current.set("d"));
  act(() => result.current.undo());
  expect(result.current.now).toBe("bc");
  act(() => result.current.undo());
  expect([result.current.now, result.current.canUndo]).toEqual(["a", false]);
  act(() => result.current.undo());
  act(() => result.current.redo());
  act(() => result.current.redo());
  expect([result.current.now, result.current.canRedo]).toEqual(["d", false]);
});

test("a new change ends what could be done again", () => {
  const { result } = renderHook(() => useHistory(1));
  act(() => result.current.set(2));
  act(() => result.current.undo());
  act(() => result.current.set(3));
  expect(result.current.canRedo).toBe(false);
  act(() => result.current.undo());
  expect(result.current.now).toBe(1);
});

test("after typing was undone, typing is a step of its own", () => {
  const { result } = renderHook(() => useHistory(""));
  act(() => result.current.set("a", "typing"));
  act(() => result.current.undo());
  act(() => result.current.set("b", "typing"));
  act(() => result.current.undo());
  expect(result.current.now).toBe("");
});
