import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/page.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { speakOneOf } from "./words";

// Words that cannot be fetched are no reason to show nothing: the page then speaks English.
await speakOneOf(navigator.languages).catch(() => undefined);

mount(App, { target: document.getElementById("app")! });
