// Talking to the server: JSON in and out, the login's token on every write, sentences instead of codes.

export class Offline extends Error {
  constructor() {
    super("现在连不上服务器。内容都保留在设备上，有网络后再试。");
  }
}

export class LoginNeeded extends Error {
  constructor() {
    super("登录已过期，请重新登录后继续同步。");
  }
}

export class Refused extends Error {
  constructor(told, status) {
    super([told.detail, told.remedy].filter(Boolean).join("") || "服务器没有接受，请稍后再试。");
    this.status = status;
    this.code = told.code;
  }
}

let csrf = "";

// How far this device's clock goes ahead of the server's, in milliseconds; null before the first answer.
export const clock = { aheadMs: null };

export async function whoAmI() {
  const told = await ask("GET", "/v1/session");
  csrf = told.csrf;
  return told;
}

export async function logIn(account, password) {
  await ask("POST", "/v1/session", { account, password });
  return whoAmI();
}

export async function logOut() {
  await ask("DELETE", "/v1/session");
  csrf = "";
}

export async function ask(method, path, body, { raw = false } = {}) {
  const headers = { accept: "application/json", "x-csrf-token": csrf };
  const bytes = body instanceof Uint8Array;
  if (body !== undefined) headers["content-type"] = bytes ? "application/octet-stream" : "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: bytes || body === undefined ? body : JSON.stringify(body) });
  } catch {
    throw new Offline();
  }
  const told = Date.parse(answer.headers.get("date") ?? "");
  if (!Number.isNaN(told)) clock.aheadMs = Date.now() - told;
  if (answer.status === 401 && path !== "/v1/session") throw new LoginNeeded();
  if (!answer.ok) throw await refusal(answer);
  if (raw) return new Uint8Array(await answer.arrayBuffer());
  return answer.status === 204 ? null : answer.json();
}

async function refusal(answer) {
  if ([502, 503, 504].includes(answer.status)) return new Offline();
  const told = await answer.json().catch(() => ({}));
  return new Refused(told, answer.status);
}
