// Short sentences that several screens share.

export const STATUS = {
  open: "未检查", draft: "记录中", waiting: "待同步", part: "未完成", done: "已完成", conflict: "有冲突", refused: "被退回",
};

export function countWords({ items, photos, refused, conflicts }) {
  if (refused) return `发件箱：${refused} 条被退回`;
  if (conflicts) return `发件箱：${conflicts} 处冲突`;
  return items || photos ? `发件箱：${items} 条、${photos} 张照片` : "发件箱：空";
}

export function accuracyWords(position) {
  return position.fix ? `定位 ±${position.fix.accuracy.toFixed(1)} 米` : position.trouble;
}

export function day(iso) {
  const at = new Date(iso);
  return `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日`;
}

export function moment(iso) {
  const at = new Date(iso);
  return `${at.getMonth() + 1}月${at.getDate()}日 ${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

export const nameOf = (marker) => marker.name || marker.number || marker.code;
