// Short sentences that several screens share.

export const STATUS = {
  open: "未检查", draft: "记录中", waiting: "待同步", part: "未完成", done: "已完成", withdrawn: "已撤销", conflict: "有冲突", refused: "被退回",
};

export function countWords({ items, photos, refused, conflicts }) {
  if (refused) return `发件箱：${refused} 条被退回`;
  if (conflicts) return `发件箱：${conflicts} 处冲突`;
  return items || photos ? `发件箱：${items} 条、${photos} 张照片` : "发件箱：空";
}

export function accuracyWords(position) {
  return position.fix ? `定位 ±${position.fix.accuracy.toFixed(1)} 米` : position.trouble;
}

const WRONG_MS = 5 * 60_000;

// What to say of a clock that goes wrong; empty when it goes right. Times of records and photos are the phone's.
export function clockWords(aheadMs) {
  if (aheadMs === null || aheadMs === undefined || Math.abs(aheadMs) < WRONG_MS) return "";
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const much = minutes < 120 ? `${minutes} 分钟` : minutes < 2880 ? `${Math.round(minutes / 60)} 小时` : `${Math.round(minutes / 1440)} 天`;
  return `手机时间${aheadMs > 0 ? "快" : "慢"}了 ${much}，记录和照片的时间会不准。请在手机设置里改为自动时间。`;
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
