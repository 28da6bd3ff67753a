// The code on a plate as gazetteer/plates/codes.py reads it, and its signature checked on the phone itself.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECKED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function checkCharacter(body) {
  let p = 36;
  for (const char of body) {
    const s = (p + CHECKED.indexOf(char)) % 36 || 36;
    p = (s * 2) % 37;
  }
  return CHECKED[(37 - p) % 36];
}

// { code, signature } of what was scanned or typed; code is "" where there is none.
export function taken(text) {
  const found = /\/p\/([^?#/]+)(?:\?(?:.*&)?s=([\w-]+))?/.exec(text);
  const plain = (found ? found[1] : text).replace(/[\s\-—–.·]+/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  const whole = plain.length === 11 && [...plain].every((char) => ALPHABET.includes(char));
  const code = whole && checkCharacter(plain.slice(0, -1)) === plain.at(-1) ? plain : "";
  return { code, signature: (code && found && found[2]) || "" };
}

// "valid", "forged", or "unknown" where this browser cannot tell (no Ed25519, no keys yet, plain HTTP).
export async function verified(code, signature, keys, context) {
  if (!signature || !keys?.length || !globalThis.crypto?.subtle) return "unknown";
  const message = new TextEncoder().encode(context + code);
  try {
    for (const key of keys) {
      const imported = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x }, "Ed25519", false, ["verify"]);
      if (await crypto.subtle.verify("Ed25519", imported, bytes(signature), message)) return "valid";
    }
  } catch {
    return "unknown";
  }
  return "forged";
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}
