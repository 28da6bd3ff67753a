// Everything kept on the device is sealed with AES-GCM under a random key. That key is kept only wrapped: under a key
// derived from the passphrase of the account's holder (PBKDF2), bound to the account's name. It lives unwrapped in memory.

export const ROUNDS = 600_000;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

export async function newKeys(account, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const secret = crypto.getRandomValues(new Uint8Array(64));
  const kek = await wrappingKey(account, passphrase, salt, ROUNDS);
  const wrapped = new Uint8Array(
    await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: ENCODER.encode(account) }, kek, secret),
  );
  const keys = await keysOf(secret);
  return { keys, lock: { account, salt, iv, wrapped, rounds: ROUNDS } };
}

// Throws when the passphrase is wrong.
export async function openKeys(lock, passphrase) {
  const kek = await wrappingKey(lock.account, passphrase, lock.salt, lock.rounds);
  const additionalData = ENCODER.encode(lock.account);
  const secret = await crypto.subtle.decrypt({ name: "AES-GCM", iv: lock.iv, additionalData }, kek, lock.wrapped);
  return keysOf(new Uint8Array(secret));
}

async function keysOf(secret) {
  const data = await crypto.subtle.importKey("raw", secret.slice(0, 32), "AES-GCM", false, ["encrypt", "decrypt"]);
  const hash = { name: "HMAC", hash: "SHA-256" };
  const names = await crypto.subtle.importKey("raw", secret.slice(32), hash, false, ["sign"]);
  secret.fill(0);
  return { data, names };
}

async function wrappingKey(account, passphrase, salt, iterations) {
  const typed = ENCODER.encode(`${account}\n${passphrase.normalize("NFC")}`);
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// The name under which a thing lies: tells nothing without the key.
export async function nameOf(keys, box, id) {
  const signed = await crypto.subtle.sign("HMAC", keys.names, ENCODER.encode(`${box}\n${id}`));
  return hex(signed);
}

export async function seal(keys, name, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: ENCODER.encode(name) };
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, keys.data, bytes)) };
}

export async function unseal(keys, name, sealed) {
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: ENCODER.encode(name) };
  return new Uint8Array(await crypto.subtle.decrypt(how, keys.data, sealed.data));
}

export async function sha256(bytes) {
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

export const toBytes = (value) => ENCODER.encode(JSON.stringify(value));
export const fromBytes = (bytes) => JSON.parse(DECODER.decode(bytes));

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
