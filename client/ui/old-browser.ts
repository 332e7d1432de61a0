/** What a page says by itself in a browser that is older than it needs: it needs no script, and stands in every page as it is built. */

/** What every browser that opens a page must know: container queries, and the units that came with Chromium 108. */
export const OLDEST_BROWSER = 'chrome108';

/** `svh` came with that very version; a browser that knows neither `@supports` nor these shows the text. */
export const oldBrowserSheet = `
#old-browser {
  position: fixed;
  top: 0;
  right: 0;
  bottom: 0;
  left: 0;
  z-index: 2147483647;
  overflow: auto;
  padding: 8vh 8vw;
  color: #131d2b;
  background: #fbfaf6;
  font: 22px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
#old-browser h1 {
  margin: 0 0 12px;
  font-size: 36px;
  line-height: 1.3;
}
#old-browser p {
  margin: 0 0 12px;
  max-width: 34em;
}
#old-browser hr {
  margin: 32px 0;
  max-width: 34em;
  height: 1px;
  border: 0;
  background: #837e70;
}
@supports (height: 1svh) and (container-type: inline-size) {
  #old-browser {
    display: none;
  }
}
`;

export const oldBrowserText = `
<h1>请更新浏览器</h1>
<p>这台设备上的浏览器版本太旧，打不开这个页面。需要 Chrome、Edge 或其他 Chromium 内核的浏览器 108 以上版本（2022年12月以后发布），Firefox 110 以上，或 Safari 16 以上。</p>
<p>在“关于”里看得到现在的版本。统信UOS、银河麒麟可在应用商店更新浏览器；360、QQ 等浏览器请切换到“极速模式”。装好以后再打开同一个网址。装不了的，请找系统管理员。</p>
<hr>
<div lang="en">
<h1>Please update this browser</h1>
<p>It is too old to open this page. The page needs Chrome, Edge or another Chromium browser of version 108 (December 2022) or later, Firefox 110 or later, or Safari 16 or later.</p>
<p>Its menu says under About which version it is. Once it is updated, open the same address again. Where that cannot be done, ask your administrator.</p>
</div>
`;
