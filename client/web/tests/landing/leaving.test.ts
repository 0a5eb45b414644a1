import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import Landing from "../../src/landing/Landing.svelte";
import { PATIENT } from "../table/at-the-table";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
});

const HERS = {
  table: "t1",
  viewer: "seat:SUP",
  person: "p1",
  name: "Olga",
  code: "",
  title: "Winter",
  status: "running",
  seat: "Supplier",
};

/** The front page of somebody who sits at one table; whether a log-out succeeds. */
async function comeIn(answers: boolean): Promise<string[]> {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    if (init?.method === "DELETE") asked.push(path);
    if (init?.method === "DELETE" && !answers) return Promise.reject(new TypeError("no line"));
    const body = path.endsWith("/me") ? { people: [HERS], facilitator: false } : [];
    return Promise.resolve(new Response(JSON.stringify(path.endsWith("/session") ? {} : body)));
  });
  localStorage.setItem("threebirds.link.t1.seat:SUP", '"token"');
  localStorage.setItem("threebirds.language", '"en"');
  render(Landing);
  await screen.findByText("Winter", undefined, PATIENT);
  return asked;
}

test("whoever logs out leaves no seat, no link and no name on the device", async () => {
  const asked = await comeIn(true);
  await fireEvent.click(screen.getByRole("button", { name: "Log out" }));
  expect(asked).toEqual([]);
  await fireEvent.click(screen.getByRole("button", { name: "Log out now" }));
  await vi.waitUntil(() => screen.queryByText("Winter") === null, PATIENT);
  expect(asked).toEqual(["/api/session"]);
  expect(Object.keys(localStorage)).toEqual(["threebirds.language"]);
});

test("without an answer nobody is told that they are logged out", async () => {
  await comeIn(false);
  await fireEvent.click(screen.getByRole("button", { name: "Log out" }));
  await fireEvent.click(screen.getByRole("button", { name: "Log out now" }));
  expect(await screen.findByText(/still logged in/, undefined, PATIENT)).toBeTruthy();
  expect(screen.getByText("Winter")).toBeTruthy();
  expect(localStorage.getItem("threebirds.link.t1.seat:SUP")).toBe('"token"');
});
