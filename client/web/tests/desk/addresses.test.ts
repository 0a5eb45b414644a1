import { expect, test } from "vitest";

import { joinAddresses, onlyHere } from "../../src/desk/addresses";

test("the addresses that the server tells go before the one of this page", () => {
  expect(joinAddresses(["http://192.168.1.5:8000"], "http://localhost:8000")).toEqual(["http://192.168.1.5:8000"]);
  expect(joinAddresses([], "http://treaty.school")).toEqual(["http://treaty.school"]);
});

test("an address of this computer alone is known as such", () => {
  for (const host of ["localhost", "127.0.0.1", "[::1]", "three.localhost"])
    expect(onlyHere([`http://${host}:8000`]), host).toBe(true);
  expect(onlyHere(["http://192.168.1.5:8000"])).toBe(false);
  expect(onlyHere(["http://127.school.org"])).toBe(false);
});
