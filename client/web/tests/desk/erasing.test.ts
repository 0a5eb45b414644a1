import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import DeskTable from "../../src/desk/DeskTable.svelte";
import { TableSession } from "../../src/table/session.svelte";
import { snapshot } from "../recorded";
import { PATIENT, sitDown, stubWorld } from "../table/at-the-table";
import { openDesk } from "./at-the-desk";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
});

const person = snapshot.view.people[0]!;
const message = snapshot.view.channels[0]!.messages[0]!;
const button = (name: string | RegExp) => screen.getByRole("button", { name });

/** What is deleted from now on, and the server's answer to it. */
function deletions(status = 204): string[] {
  const asked: string[] = [];
  const before = fetch;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    if (init?.method !== "DELETE") return before(path, init);
    asked.push(path);
    const error = { code: "busy", message: "Somebody reads the database.", retry: "same_cid" };
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify({ error }), { status }));
  });
  return asked;
}

test("a person is erased in two steps, once somebody is chosen", async () => {
  await openDesk([]);
  const asked = deletions();
  await fireEvent.change(screen.getByLabelText("Name and words of"), { target: { value: person.person } });
  const [ofMessages, ofPeople] = [screen.getAllByRole("button", { name: "Erase" }), "Erase the person"];
  await fireEvent.click(ofMessages.at(-1)!);
  expect(asked).toEqual([]);
  await fireEvent.click(button(ofPeople));
  expect(asked).toEqual([`/api/tables/${snapshot.table}/people/${person.person}`]);
});

test("a message is erased at the desk alone", async () => {
  await openDesk([]);
  const asked = deletions();
  await fireEvent.click(screen.getAllByRole("button", { name: "Erase" })[0]!);
  await fireEvent.click(button("Erase them now"));
  expect(asked).toEqual([`/api/tables/${snapshot.table}/messages/${message.id}`]);
  cleanup();
  await sitDown();
  expect(screen.queryByRole("button", { name: "Erase" })).toBeNull();
});

test("a table that cannot be read can be deleted, and the desk hears that it is gone", async () => {
  stubWorld();
  const asked = deletions();
  const ondeleted = vi.fn();
  const session = new TableSession("t_damaged", "facilitator", { name: "", code: "", person: null });
  render(DeskTable, { session, addresses: [], ondeleted });
  await fireEvent.click(button("Delete the table"));
  await fireEvent.click(button("Delete it now"));
  expect(asked).toEqual(["/api/tables/t_damaged"]);
  await vi.waitUntil(() => ondeleted.mock.calls.length === 1, PATIENT);
});

test("what could not be erased is told, and nothing is said to be gone", async () => {
  const { session } = await openDesk([]);
  deletions(503);
  await fireEvent.click(button("Delete the table"));
  await fireEvent.click(button("Delete it now"));
  await vi.waitUntil(() => session.refusal !== null, PATIENT);
  expect(await screen.findByText("Somebody reads the database.")).toBeTruthy();
});
