"use strict";
// Starts GraphiQL signed in as a persona of the demo, or with a token that the visitor pastes.
// Everything is kept in this browser tab only: answers about neighbours must not outlive it.

const { endpoint, personas, examples } = JSON.parse(document.getElementById("ide-data").textContent);
const CHOICE = "noaber:persona";
const SIGNED_OUT = {
  name: "",
  description: "Nobody is signed in.",
  token: "",
  variables: { neighbourhoodId: "", postId: "", ownPostId: "", organisationId: "" },
};
const explorer = GraphiQLPluginExplorer.explorerPlugin();
const root = ReactDOM.createRoot(document.getElementById("ide"));

function fetcherFor(token) {
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  const socket = new URL(endpoint, location.href);
  socket.protocol = socket.protocol.replace("http", "ws");
  return GraphiQL.createFetcher({
    url: endpoint,
    headers: authorization,
    subscriptionUrl: socket.href,
    wsConnectionParams: authorization,
  });
}

function storageFor(persona) {
  const prefix = `noaber:${persona.name}:`;
  const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => sessionStorage.getItem(prefix + key),
    setItem: (key, value) => sessionStorage.setItem(prefix + key, value),
    removeItem: (key) => sessionStorage.removeItem(prefix + key),
    clear: () => keys().forEach((key) => sessionStorage.removeItem(key)),
    get length() {
      return keys().length;
    },
  };
}

function tabsFor(persona) {
  return examples.map((query) => {
    const named = Object.entries(persona.variables).filter(([name]) => query.includes(`$${name}`));
    return { query, variables: JSON.stringify(Object.fromEntries(named), null, 2) };
  });
}

function show(persona) {
  document.getElementById("description").textContent = persona.description;
  root.render(
    React.createElement(GraphiQL, {
      key: `${persona.name}:${persona.token}`,
      fetcher: fetcherFor(persona.token),
      defaultTabs: tabsFor(persona),
      storage: storageFor(persona),
      plugins: [explorer],
      isHeadersEditorEnabled: false,
      defaultEditorToolsVisibility: "variables",
    }),
  );
}

function offerPersonas() {
  const select = document.getElementById("persona");
  select.append(...personas.map(({ name }) => new Option(name, name)), new Option("signed out", ""));
  const choose = (name) => personas.find((persona) => persona.name === name) ?? SIGNED_OUT;
  select.value = sessionStorage.getItem(CHOICE) ?? personas[0].name;
  if (select.selectedIndex < 0) select.value = personas[0].name;
  select.addEventListener("change", () => {
    sessionStorage.setItem(CHOICE, select.value);
    show(choose(select.value));
  });
  document.getElementById("choice").hidden = false;
  show(choose(select.value));
}

function askForToken() {
  const form = document.getElementById("paste");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const token = document.getElementById("token").value.trim().replace(/^bearer\s+/i, "");
    const description = token ? "Signed in with the pasted token." : SIGNED_OUT.description;
    show({ ...SIGNED_OUT, token, description });
  });
  form.hidden = false;
  show(SIGNED_OUT);
}

if (personas.length > 0) offerPersonas();
else askForToken();
