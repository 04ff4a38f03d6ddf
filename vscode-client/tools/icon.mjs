// media/icon.svg -> media/icon.png, by Chromium. Run after a change of the drawing: node vscode-client/tools/icon.mjs

import fs from "node:fs";
import { chromium } from "playwright-core";

const media = new URL("../media/", import.meta.url);
const size = 256;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: size, height: size } });
const drawing = fs.readFileSync(new URL("icon.svg", media), "utf8");
await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${drawing}`);
await page.screenshot({ path: new URL("icon.png", media).pathname, omitBackground: true });
await browser.close();
