// Photos made small enough to send, the place where they were taken, and the square read by the camera.
const MOST = 850_000;
const TRIES = [[1600, 0.82], [1600, 0.6], [1200, 0.6], [900, 0.5]];

// A photo as JPEG bytes, at most 1600 pixels long and small enough for two to be sent at once.
export async function smaller(file) {
  const picture = await createImageBitmap(file);
  let made = null;
  for (const [longest, quality] of TRIES) {
    made = await drawn(picture, longest, quality);
    if (made.size <= MOST) break;
  }
  picture.close();
  return made.arrayBuffer();
}

function drawn(picture, longest, quality) {
  const share = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * share);
  canvas.height = Math.round(picture.height * share);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

// Tells every new position; { lon, lat, accuracy } or null with a sentence.
export function watch(told) {
  if (!navigator.geolocation) {
    told(null, "此手机不能定位");
    return;
  }
  navigator.geolocation.watchPosition(
    ({ coords }) => told({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy }, ""),
    (error) => told(null, error.code === 1 ? "没有允许定位" : "定位不到"),
    { enableHighAccuracy: true, maximumAge: 5000 },
  );
}

export const canScan = () => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

// Look through the camera until a square is read; gives its text.
export async function scan(video) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  try {
    for (;;) {
      const [found] = await detector.detect(video);
      if (found) return found.rawValue;
      await new Promise((done) => setTimeout(done, 150));
    }
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.hidden = true;
  }
}
