import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
const port=9333;const browser=await chromium.launch({executablePath:'/usr/bin/chromium',args:[`--remote-debugging-port=${port}`,'--no-sandbox','--disable-gpu']});
const R={};
for(let i=0;i<+process.argv[2];i++)for(const u of process.argv.slice(3)){const {lhr}=await lighthouse(u,{port,output:'json',logLevel:'silent',onlyCategories:['performance']});const a=lhr.audits;
(R[u]??=[]).push([Math.round(lhr.categories.performance.score*100),Math.round(a['first-contentful-paint'].numericValue),Math.round(a['largest-contentful-paint'].numericValue),Math.round(a['total-blocking-time'].numericValue),Math.round(a['speed-index'].numericValue)].join('/'));
if(i===0)console.log(u,JSON.stringify(a['mainthread-work-breakdown'].details.items.map(x=>[x.group,Math.round(x.duration)])), JSON.stringify(a['long-tasks']?.details?.items?.map(x=>[Math.round(x.startTime),Math.round(x.duration),x.url.slice(-12)])));}
for(const [u,r] of Object.entries(R))console.log(u.slice(21),r.join('  '));
await browser.close();process.exit()
