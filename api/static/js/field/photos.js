// Photos: made smaller, without the camera's own notes, sealed on the device; sent later piece by piece.
import { sha256 } from "./crypto.js";
import { ask, Refused } from "./net.js";

const LONGEST = 1600;
const THUMB = 240;
const PIECE = 256 * 1024;

// Takes a picture in; gives what is known about it. The new picture carries no EXIF: drawing it leaves that behind.
export async function addPhoto(store, file, { subject, face, direction, fix }) {
  const picture = await createImageBitmap(file);
  const bytes = await drawn(picture, LONGEST, 0.85);
  const thumb = await drawn(picture, THUMB, 0.7);
  picture.close();
  const id = crypto.randomUUID();
  const photo = {
    id, subject, face, direction, taken_at: new Date().toISOString(),
    lon: fix?.lon ?? null, lat: fix?.lat ?? null, accuracy_m: fix?.accuracy ?? null,
    name: `${face}.jpg`, sha256: await sha256(bytes), size: bytes.length, done: false, sent: 0,
  };
  try {
    await store.putBytes("bytes", id, bytes);
    await store.putBytes("thumb", id, thumb);
    await store.put("photo", id, photo);
  } catch (error) {
    // Half a photo would only take the room that is missing.
    await removePhoto(store, photo).catch(() => {});
    throw error;
  }
  return photo;
}

async function drawn(picture, longest, quality) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  return new Uint8Array(await blob.arrayBuffer());
}

export async function photosOf(store, subject) {
  const all = await store.all("photo");
  return all.filter((photo) => photo.subject === subject).sort((a, b) => a.taken_at.localeCompare(b.taken_at));
}

export async function pictureUrl(store, box, id) {
  const bytes = await store.getBytes(box, id);
  return bytes ? URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })) : "";
}

export async function removePhoto(store, photo) {
  await Promise.all(["bytes", "thumb", "photo"].map((box) => store.remove(box, photo.id)));
}

// Sends what is left of one photo from where the server has it; its bytes leave the device once they are safe there.
export async function sendPhoto(store, device, photo, told = () => {}) {
  const { id, subject, name, sha256: sum, size, face, direction, taken_at, lon, lat, accuracy_m } = photo;
  const given = { device, id, subject, name, sha256: sum, size, face, direction, taken_at, lon, lat, accuracy_m };
  const bytes = await store.getBytes("bytes", id);
  let at = await ask("POST", "/field/photos", given);
  for (let restarts = 0; !at.done; ) {
    const piece = bytes.slice(at.received, at.received + PIECE);
    const before = at.received;
    at = await ask("PUT", `/field/photos/${id}?device=${device}&offset=${before}`, piece);
    told(at.received / size);
    // The server found that the sum does not agree and begins anew: once may be the network, thrice is the picture.
    if (!at.done && at.received <= before && ++restarts > 2) throw new Refused({ detail: "照片多次上传后内容不一致。" }, 422);
  }
  await store.put("photo", id, { ...photo, done: true, sent: 1 });
  await store.remove("bytes", id);
}
