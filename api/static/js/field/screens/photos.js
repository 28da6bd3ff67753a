// Photos: what is to be shown and into which direction, then the camera; the ones that are there below.
import { h } from "../dom.js";
import { addPhoto, pictureUrl, removePhoto } from "../photos.js";
import { directions, directionWord } from "../position.js";
import { FACES, LEAST_PHOTOS } from "../work.js";
import { frame } from "./steps.js";

const ORDER = ["正面", "背面", "侧面", "周边"];

export async function photos(app, number) {
  const work = await app.work(number);
  const face = h("select", { id: "face" }, FACES.map((word) => h("option", { value: word, selected: word === wanted(work) }, word)));
  const heading = app.position.heading;
  const direction = h("select", { id: "direction" },
    h("option", { value: heading === null ? "" : String(heading) }, heading === null ? "请选择" : `罗盘：${directionWord(heading)} ${heading.toFixed(0)}°`),
    directions.map(({ word, azimuth }) => h("option", { value: String(azimuth) }, word)));
  const said = h("p", { class: "said", role: "alert" });
  const input = h("input", {
    id: "camera", type: "file", accept: "image/*", capture: "environment", class: "visually-hidden", "aria-label": "拍照",
    onchange: async (event) => {
      const [file] = event.currentTarget.files;
      if (!file) return;
      const here = location.hash;
      said.textContent = "正在保存…";
      try {
        const azimuth = direction.value === "" ? null : Number(direction.value);
        await addPhoto(app.store, file, { subject: work.task.subject, face: face.value, direction: azimuth, fix: app.position.fix });
        // Who has gone on meanwhile is writing on another screen.
        if (location.hash === here) await app.go(here);
      } catch (error) {
        said.textContent = error.name === "QuotaExceededError"
          ? "设备空间不足，照片没有保存。请先同步，或删去手机里的其他文件，再重拍。"
          : "照片没有保存：文件不是图片，或者太大。请重拍。";
      }
    },
  });
  const shoot = h("button", {
    class: "big", id: "shoot",
    onclick: () => {
      if (direction.value === "") {
        said.textContent = "先选拍摄方向，再拍照。";
        direction.focus();
      } else input.click();
    },
  }, "拍照");
  return frame(work, number, "photos", [
    h("p", { class: "lead", id: "photo-count" }, `${work.photoCount} 张，至少 ${LEAST_PHOTOS} 张`),
    h("div", { class: "pair" }, h("div", { class: "field" }, h("label", { for: "face" }, "内容"), face), h("div", { class: "field" }, h("label", { for: "direction" }, "拍摄方向"), direction)),
    shoot, input, said, await gallery(app, work),
  ]);
}

function wanted(work) {
  const have = work.photos.map((photo) => photo.face);
  return ORDER.find((face) => !have.includes(face)) ?? "全景";
}

async function gallery(app, work) {
  const urls = await Promise.all(work.photos.map((photo) => pictureUrl(app.store, "thumb", photo.id)));
  app.onLeave(() => urls.forEach((url) => URL.revokeObjectURL(url)));
  return h("div", { class: "pictures" }, work.photos.map((photo, i) => h("figure", {},
    h("img", { src: urls[i], alt: photo.face }),
    h("figcaption", {}, [photo.face, photo.direction === null ? "" : `朝${directionWord(photo.direction)}`, photo.done ? "已上传" : ""].filter(Boolean).join("，")),
    photo.done ? null : h("button", {
      class: "small", onclick: async () => {
        await removePhoto(app.store, photo);
        await app.go(location.hash);
      },
    }, "删除"))));
}
