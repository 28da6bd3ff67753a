// A pad to sign on, by finger, pen or mouse. Strokes are points in a field of 600 by 240, from the upper left.

export const WIDTH = 600, HEIGHT = 240;
const CLOSE = 1.5;

export class Pad {
  constructor(canvas, strokes = []) {
    this.canvas = canvas;
    this.strokes = strokes;
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#go(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { this.line = null; });
    this.draw();
  }

  get empty() {
    return this.strokes.reduce((sum, line) => sum + line.length, 0) < 6;
  }

  clear() {
    this.strokes = [];
    this.draw();
  }

  draw() {
    const pen = this.canvas.getContext("2d");
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#111820" });
    for (const line of this.strokes) {
      pen.beginPath();
      line.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
  }

  #at(event) {
    const box = this.canvas.getBoundingClientRect();
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
    return [within((event.clientX - box.left) / box.width * WIDTH, WIDTH), within((event.clientY - box.top) / box.height * HEIGHT, HEIGHT)];
  }

  #begin(event) {
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.line = [this.#at(event)];
    this.strokes.push(this.line);
  }

  #go(event) {
    if (!this.line) return;
    // A fast finger makes several points between two events.
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const point = this.#at(one);
      const last = this.line.at(-1);
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= CLOSE) this.line.push(point);
    }
    this.draw();
  }
}
