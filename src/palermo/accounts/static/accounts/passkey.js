/* Hands a passkey's question to the browser and its answer to the form. Nothing else on this site needs a script. */
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function asked(kind, told) {
  const options = { ...told, challenge: bytes(told.challenge) };
  if (kind === "create") {
    options.user = { ...told.user, id: bytes(told.user.id) };
    options.excludeCredentials = known(told.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = known(told.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function answered(found) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[name]) response[name] = words(found.response[name]);
  }
  return JSON.stringify({ id: found.id, rawId: words(found.rawId), type: found.type, response });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value || !form.checkValidity()) return;
    event.preventDefault();
    const refused = form.querySelector("p[hidden]");
    try {
      form.elements.answer.value = answered(await asked(form.dataset.passkey, JSON.parse(form.dataset.options)));
    } catch {
      if (refused) refused.hidden = false;
      return;
    }
    form.submit();
  });
  if ("begin" in form.dataset) form.requestSubmit();
}
