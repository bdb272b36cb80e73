// Talking to the server: what is sent, and how what comes back is called.

const SECONDS_TO_WAIT = 20;

/**
 * Send fields by POST. Gives the server's answer, an object with a `status`; where there is none of its own:
 * "no-connection", "trouble" (it does not answer as it should), "too-large", "signed-out".
 */
export async function post(address, fields, { keepalive = false } = {}) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body: asForm(fields),
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(SECONDS_TO_WAIT * 1000),
      keepalive,
    });
  } catch (error) {
    return { status: error.name === "TimeoutError" ? "trouble" : "no-connection" };
  }
  return (await asJson(response)) ?? { status: nameOf(response) };
}

/** Send what needs no answer, while the page is being left. */
export function postLast(address, fields) {
  navigator.sendBeacon(address, asForm(fields));
}

export async function get(address) {
  try {
    const headers = { Accept: "application/json" };
    return await asJson(await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) }));
  } catch {
    return null;
  }
}

/** The form's token against forged requests; it changes when somebody signs in. */
export function token() {
  return document.querySelector("[name='csrfmiddlewaretoken']").value;
}

export function setToken(value) {
  document.querySelectorAll("[name='csrfmiddlewaretoken']").forEach((field) => (field.value = value));
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": value }));
}

/** A mark that nothing else has. (crypto.randomUUID is missing where the portal is served without HTTPS.) */
export function newMark() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function asForm(fields) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  form.append("csrfmiddlewaretoken", token());
  return form;
}

async function asJson(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  try {
    return await response.json();
  } catch {
    return null; // cut off on its way
  }
}

function nameOf({ status, type }) {
  if (type === "opaqueredirect" || status === 401) return "signed-out";
  if (status === 400 || status === 413) return "too-large";
  if (status === 403) return "wrong-token";
  if (status === 404) return "not-found";
  return "trouble";
}
