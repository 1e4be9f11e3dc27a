function r(t,e,...n){let s=document.createElement(t);for(let[i,o]of Object.entries(e??{}))typeof o=="function"?
s.addEventListener(i.slice(2),o):E(s,i,o);return s.append(...n.filter(i=>i!=null&&i!==!1)),s}function E(t,e,n){
let s=n===!0?"":n==null||n===!1?null:String(n);s===null?t.removeAttribute(e):t.getAttribute(e)!==s&&t.setAttribute(
e,s)}function x(t,e){t.textContent!==e&&(t.textContent=e)}function T(t){let e=document.createElementNS("http:/\
/www.w3.org/2000/svg","svg");e.setAttribute("viewBox","0 0 24 24"),e.setAttribute("class","nemo-icon"),e.setAttribute(
"aria-hidden","true");let n=document.createElementNS("http://www.w3.org/2000/svg","path");return n.setAttribute(
"d",t),e.append(n),e}var w={add:"M12 5v14M5 12h14",audio:"M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1\
 5 0ZM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z",check:"m5 13 4 4L19 7",close:"M6 6l12 12M18 6 6 18",download:"\
M12 4v11m0 0 4-4m-4 4-4-4M5 19h14",film:"M4 5h16v14H4zM8 5v14M16 5v14M4 9.7h4M4 14.3h4M16 9.7h4M16 14.3h4",image:"\
M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01",other:"M5 7h14M5 12h14M5 17h9",send:"M12 19V5m0 0-6 6\
m6-6 6 6",stop:"M7 7h10v10H7z",text:"M5 7V5h14v2M12 5v14M9 19h6",upload:"M12 16V5m0 0-4 4m4-4 4 4M5 19h14",zoomIn:"\
M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM16.2 16.2 20 20M11 8v6M8 11h6",zoomOut:"M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-\
14ZM16.2 16.2 20 20M8 11h6"};function D(t,e,n,s,i){let o=new Set(n.map(s));for(let[l,{row:c}]of e)o.has(l)||(c.
remove(),e.delete(l));let a=t.firstElementChild;for(let l of n){let c=s(l),h=e.get(c)??i(l);e.set(c,h),h.row===
a?a=a.nextElementSibling:t.insertBefore(h.row,a),h.update(l)}}function z(t){let e=crypto.getRandomValues(new Uint8Array(
9));return`${t}-${Array.from(e,n=>n.toString(16).padStart(2,"0")).join("")}`}var Ae={product:"NemoVideo editor",connecting:"Connecting…",connectingDetail:"Waiting for the notebook's ker\
nel.",silent:"The notebook's kernel doesn't answer.",silentRemedy:"If a cell is running, wait for it. Otherwis\
e run this editor's cell again.",statusReady:"ready",statusConnecting:"connecting…",statusFailed:"not connec\
ted",reconnect:"Reconnect",files:"Files",filesCount:t=>t===1?"1 file":`${t} files`,chooseFiles:"Choose files",
addFiles:"Add files",dropHere:"Drop photos, clips or music here",dropNow:"Drop to add these files",formats:(t,e)=>`${t}\
 · up to ${e} each`,queued:"Waiting",stalled:"Waiting for the kernel…",finishing:"Finishing…",receiving:"\
Receiving…",sending:"Handing over…",cancelFile:t=>`Cancel ${t}`,removeFile:t=>`Remove ${t}`,wrongType:"Thi\
s type of file can't be used here.",wrongTypeRemedy:t=>`Take one of: ${t}.`,emptyFile:"This file is empty.",emptyFileRemedy:"\
Choose it again, or check that it was saved whole.",tooLarge:t=>`This file is too large: at most ${t} MB.`,tooLargeRemedy:"\
Compress or trim it first.",unreadable:"The browser can't read this file any more.",unreadableRemedy:"It may h\
ave been moved or changed. Choose it again.",conversation:"Conversation",promptLabel:"What should the video be\
?",promptHint:"Describe the video or an edit…",send:"Send",sendKeys:t=>`${t?"⌘":"Ctrl"} + Enter`,emptyPrompt:"\
The message is empty. Say what you want, or pick a suggestion.",waitForUploads:"Wait until the files are uploa\
ded.",waitForTurn:"Wait for the answer, or stop it.",waitForBackend:"The service is not connected. Reconnect f\
irst.",waitForKernel:"Waiting for the notebook's kernel.",welcome:"Add photos or clips, then say what you want\
. For example:",suggestions:["Combine these images into a 30-second promo video with music and text","Make a c\
alm 15-second slideshow with crossfades","Add a title at the start and fade the music out"],you:"You",working:"\
Working…",steps:t=>t===1?"1 step":`${t} steps`,changes:t=>t===1?"1 change":`${t} changes`,stop:"Stop",stopped:"\
Stopped",took:t=>`Took ${t}`,preview:"Preview",posterEmpty:"Your video will appear here",posterEmptyHint:"Add \
files and say what you want.",posterDraft:"The draft is ready",posterDraftHint:"Export it to watch the video.",
rendering:"Rendering the video",downloading:"Fetching the video",loadingVideo:"Loading the video…",videoFailed:"\
The video can't be read.",videoFailedRemedy:"Try again, or export it once more.",tryAgain:"Try again",download:"\
Download",export:"Export video",exportAgain:"Export again",outdated:"The draft has changed since this video.",
cancel:"Cancel",exportCancelled:"The export was cancelled.",noDraft:"There is nothing to export yet: ask for a\
 video first.",timeline:"Timeline",timelineEmpty:"The timeline fills as you describe the video.",seek:"Positio\
n in the video",zoomIn:"Zoom in",zoomOut:"Zoom out",laneVideo:"Video",laneAudio:"Audio",laneText:"Text",table:t=>t===
1?"Table · 1 row":`Table · ${t} rows`,tableCaption:"The draft's segments; times in minutes and seconds",dismiss:"\
Dismiss"},Se={product:"NemoVideo 编辑器",connecting:"正在连接…",connectingDetail:"正在等待笔记本内核。",
silent:"笔记本内核没有响应。",silentRemedy:"如果有单元格正在运行，请等待；否则请重新运行此单元格。",
statusReady:"就绪",statusConnecting:"连接中…",statusFailed:"未连接",reconnect:"重新连接",files:"\
素材",filesCount:t=>`${t} 个文件`,chooseFiles:"选择文件",addFiles:"添加文件",dropHere:"把照片、视频或音乐拖\
到这里",dropNow:"松开即可添加文件",formats:(t,e)=>`${t} · 每个最大 ${e}`,queued:"等待中",stalled:"\
正在等待内核…",finishing:"即将完成…",receiving:"接收中…",sending:"提交中…",cancelFile:t=>`\
取消 ${t}`,removeFile:t=>`移除 ${t}`,wrongType:"不支持这种文件。",wrongTypeRemedy:t=>`支持的格式：${t}\
。`,emptyFile:"这是空文件。",emptyFileRemedy:"请重新选择，或检查文件是否保存完整。",tooLarge:t=>`\
文件太大：最多 ${t} MB。`,tooLargeRemedy:"请先压缩或剪短。",unreadable:"浏览器无法再读取此文件。",
unreadableRemedy:"文件可能已移动或更改，请重新选择。",conversation:"对话",promptLabel:"想做一个\
什么样的视频？",promptHint:"描述视频或修改要求…",send:"发送",sendKeys:t=>`${t?"⌘":"Ctrl"}\
 + Enter`,emptyPrompt:"消息是空的。请说明想要什么，或选择一条建议。",waitForUploads:"请等待\
文件上传完成。",waitForTurn:"请等待回答完成，或先停止。",waitForBackend:"服务未连接，请先重新连接。",
waitForKernel:"正在等待笔记本内核。",welcome:"添加照片或视频，然后说明想要什么。例如：",
suggestions:["把这些图片做成 30 秒的宣传视频，配上音乐和文字","做一个 15 秒的舒缓幻灯片，带淡入淡出",
"在开头加上标题，并让音乐渐弱结束"],you:"你",working:"处理中…",steps:t=>`${t} 个步骤`,
changes:t=>`${t} 处改动`,stop:"停止",stopped:"已停止",took:t=>`用时 ${t}`,preview:"预览",posterEmpty:"\
视频会显示在这里",posterEmptyHint:"添加素材并说明想要什么。",posterDraft:"草稿已就绪",
posterDraftHint:"导出后即可观看。",rendering:"正在渲染视频",downloading:"正在获取视频",loadingVideo:"\
正在加载视频…",videoFailed:"无法读取视频。",videoFailedRemedy:"请重试，或重新导出。",
tryAgain:"重试",download:"下载",export:"导出视频",exportAgain:"重新导出",outdated:"草稿在此视频之后已有改动。",
cancel:"取消",exportCancelled:"导出已取消。",noDraft:"还没有可以导出的内容：请先说明想要的视频。",
timeline:"时间线",timelineEmpty:"描述视频后，时间线会显示在这里。",seek:"视频播放位置",
zoomIn:"放大",zoomOut:"缩小",laneVideo:"视频",laneAudio:"音频",laneText:"文字",table:t=>`表格 · ${t}\
 行`,tableCaption:"草稿的片段；时间以分和秒表示",dismiss:"关闭"},B=t=>t==="zh"?Se:Ae;function C(t,e=0){
let n=10**(3-e),s=Math.round(t/n)*n,i=Math.floor(s/6e4),o=(s%6e4/1e3).toFixed(e).padStart(e?3+e:2,"0");return`${i}\
:${o}`}function se(t){return t>=6e4?`${C(t)} min`:`${(t/1e3).toFixed(t<1e4?1:0)} s`}function F(t){if(t<1e3)return`${t}\
 B`;if(t<1024*1e3)return`${Math.round(t/1024)} kB`;let e=t/(1024*1024);return`${e.toFixed(e<10&&!Number.isInteger(
e)?1:0)} MB`}async function oe(t){let e=new Promise(s=>setTimeout(s,1500,null)),n=t.type.startsWith("image/")?$e(t):t.type.
startsWith("video/")?Ce(t):null;return Promise.race([e,n]).catch(()=>null)}async function $e(t){let e=await createImageBitmap(
t,{resizeWidth:160,resizeQuality:"medium"}),n=re(e,e.width,e.height);return e.close(),n}async function Ce(t){let e=URL.
createObjectURL(t),n=document.createElement("video");try{return n.muted=!0,n.preload="auto",n.src=e,await ie(n,
"loadeddata"),n.currentTime=Math.min(1,n.duration/3||0),await ie(n,"seeked"),re(n,n.videoWidth,n.videoHeight)}finally{
n.removeAttribute("src"),URL.revokeObjectURL(e)}}function ie(t,e){return new Promise((n,s)=>{t.addEventListener(
e,n,{once:!0}),t.addEventListener("error",s,{once:!0}),setTimeout(s,1500)})}function re(t,e,n){let s=document.
createElement("canvas");s.width=160,s.height=Math.max(1,Math.min(320,Math.round(160*n/e)));let i=s.getContext(
"2d");if(!i)return null;i.fillStyle="#fff",i.fillRect(0,0,s.width,s.height),i.drawImage(t,0,0,s.width,s.height);
for(let o of[.75,.5,.3]){let a=s.toDataURL("image/jpeg",o);if(a.startsWith("data:image/jpeg")&&a.length<=12288)
return a}return null}function _(t){return typeof t=="string"&&/^data:image\/(?:jpeg|png|webp|gif);base64,[A-Za-z0-9+/=]+$/.
test(t)?t:null}var O=class{playback=new U;#e=[];constructor(e,n,s,i){this.store=e,this.uploads=n,this.videos=s,this.t=i}subscribe(e,n){
this.onClose(this.store.subscribe(e,n))}onClose(e){this.#e.push(e)}close(){for(let e of this.#e.splice(0))e()}},
U=class{time=0;seekable=!1;seek=()=>{};#e=new Set;watch(e){this.#e.add(e),e()}moved(e,n){this.time=e,this.seekable=
n;for(let s of this.#e)s()}};function W(t,e,...n){let s=z(t),i=r("div",{class:"nemo-panel-head"},r("h3",{id:s},
e),...n);return r("section",{class:`nemo-panel nemo-${t}`,"aria-labelledby":s},i)}function A(t,e,{path:n,look:s,
props:i}={}){let o=s?` nemo-${s}`:"";return r("button",{type:"button",class:`nemo-button${o}`,onclick:e,...i},
n?T(n):null,r("span",null,t))}function N(t,e,n){return r("button",{type:"button",class:"nemo-icon-button",title:t,
"aria-label":t,onclick:n},T(e))}function Le({message:t,remedy:e},...n){return r("div",{class:"nemo-alert",role:"\
alert"},r("div",null,r("strong",null,t),e?" ":null,e),...n)}function L(t,e,n=()=>[]){let s=e?`${e.message}
${e.remedy}`:"";t.dataset.fault!==s&&(t.dataset.fault=s,t.replaceChildren(...e?[Le(e,...n())]:[]))}var H={video:w.
film,image:w.image,audio:w.audio,text:w.text};function K(t){let{store:e,t:n}=t,s=r("input",{type:"file",multiple:!0,class:"nemo-hidden",tabindex:-1,"aria-hi\
dden":"true",onchange:()=>{t.uploads.add([...s.files??[]]),s.value=""}}),i=()=>s.click(),o=r("span",{class:"ne\
mo-count"}),a=A(n.addFiles,i,{path:w.add,look:"quiet"}),l=W("files",n.files,o,a),c=r("p",{class:"nemo-hint"}),
h=r("div",{class:"nemo-dropzone"},T(w.upload),r("p",null,n.dropHere),A(n.chooseFiles,i),c),m=r("ul",{class:"ne\
mo-assets"});l.append(s,h,m);let u=new Map;return t.subscribe(["assets","uploads"],()=>{let d=ze(e.get("assets"),
e.get("uploads")),f=d.length>u.size;D(m,u,d,g=>g.id,({id:g})=>Fe(t,g)),x(o,d.length?n.filesCount(d.length):""),
h.hidden=d.length>0,m.hidden=a.hidden=d.length===0,f&&requestAnimationFrame(()=>m.scrollTo(0,m.scrollHeight))}),
t.subscribe(["limits"],()=>{let{suffixes:d,max_upload_bytes:f}=e.get("limits");E(s,"accept",d.join(",")||null);
let g=d.filter(p=>p!==".jpeg").map(p=>p.slice(1));x(c,d.length?n.formats(g.join(", "),F(f)):"")}),l}function ae(t,e){
let n=r("div",{class:"nemo-drop-overlay",hidden:!0},T(w.upload),t.t.dropNow);e.append(n);let s=0,i=a=>{s=a===0?
0:s+a,n.hidden=s<=0},o=(a,l)=>{let c=h=>{h.dataTransfer?.types.includes("Files")&&(h.preventDefault(),h.stopPropagation(),
l(h))};e.addEventListener(a,c),t.onClose(()=>e.removeEventListener(a,c))};o("dragenter",()=>i(1)),o("dragleave",
()=>i(-1)),o("dragover",({dataTransfer:a})=>{a&&(a.dropEffect="copy")}),o("drop",({dataTransfer:a})=>{i(0),t.uploads.
add([...a?.files??[]])})}function ze(t,e){let n=new Map(t.map(s=>[s.id,{id:s.id,name:s.name,asset:s}]));for(let s of e)
n.set(s.id,{id:s.id,name:s.name,...n.get(s.id),upload:s});return[...n.values()]}function Fe(t,e){let{store:n,t:s}=t,
i=r("div",{class:"nemo-thumb"}),o=r("div",{class:"nemo-asset-name"}),a=r("div",{class:"nemo-hint"}),l=r("progr\
ess",{max:1}),c=r("div"),h=N("",w.close,()=>{let d=n.get("uploads").find(f=>f.id===e);d&&t.uploads.cancel(e),(!d||
d.state==="failed")&&n.send({kind:"asset-remove",id:e})});return{row:r("li",null,i,r("div",{class:"nemo-asset-\
body"},o,a,l,c),h),update:({asset:d,upload:f,name:g})=>{let p=f?f.error:d?.error??null,k=!f&&d?.state==="ready",
M=!p&&!k;Ie(i,_(d?.thumbnail??f?.thumbnail),d?.kind??"other"),x(o,g),o.title=g,x(a,p?F(d?.size??f?.size??0):f?
Re(t,f):Pe(t,d)),l.hidden=!M,l.value=(f?f.done/f.size:d?.done)||0,E(l,"aria-label",g),L(c,p);let y=M?s.cancelFile(
g):s.removeFile(g);E(h,"aria-label",y),E(h,"title",y),h.hidden=k}}}function Ie(t,e,n){let s=e??n;t.dataset.shows!==
s&&(t.dataset.shows=s,t.replaceChildren(e?r("img",{src:e,alt:""}):T(H[n]??w.other)))}function Re({t},{state:e,
done:n,size:s,speed:i}){return e==="queued"?`${t.queued} · ${F(s)}`:e==="stalled"?t.stalled:e==="finishing"?t.
finishing:`${F(n)} / ${F(s)}${i?` · ${F(i)}/s`:""}`}function Pe({t},e){if(!e)return"";if(e.state==="receiving"||
e.state==="sending")return`${t[e.state]} ${F(e.size)}`;let{duration:n,width:s,height:i}=e;return[n===null||e.kind===
"image"?null:C(n),s&&i?`${s} × ${i}`:null,e.size?F(e.size):null].filter(Boolean).join(" · ")}var le=/^\s*(?:[-*•]|\d+[.)])\s+(.*)/,Ne=/`([^`\n]+)`|\*\*(?=\S)(.+?)\*\*|(?<![\w*])\*(?=\S)([^*\n]+?)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)_(?!\w)|\[([^\]\n]+)\]\((https?:\/\/[^\s()<>]+)\)|(https?:\/\/[^\s<>()[\]"'`，。；）]+)/g;
function _e(t){let e=[],n=[],s=()=>{n.length&&e.push(n.join(`
`)),n=[]},i=!1;for(let o of t.replaceAll(/\r\n?/g,`
`).split(`
`))o.startsWith("```")?(i||s(),n.push(o),i&&s(),i=!i):i?n.push(o):o.trim()?((o.startsWith("#")||n[0]!==void 0&&
Y(o)!==Y(n[0]))&&s(),n.push(o),o.startsWith("#")&&s()):s();return s(),e}function Y(t){return le.test(t)?/^\s*\d/.
test(t)?"ol":"ul":null}function We(t){if(t.startsWith("```")){let i=document.createElement("pre");return i.textContent=
t.replace(/^```.*\n?/,"").replace(/\n?```$/,""),i}let e=Y(t);if(e){let i=document.createElement(e);for(let o of t.
split(`
`)){let a=document.createElement("li");Z(a,le.exec(o)?.[1]??o),i.append(a)}return i}let n=/^#+\s+/.exec(t),s=document.
createElement("p");return Z(n?s.appendChild(document.createElement("strong")):s,t.slice(n?.[0].length)),s}function ce(t,e,n){
let s=_e(n),i=0;for(;i<e.length&&e[i]===s[i];)i++;for(;t.children.length>i;)t.lastElementChild?.remove();t.append(
...s.slice(i).map(We)),e.splice(0,e.length,...s)}function Z(t,e){let n=0;for(let s of e.matchAll(Ne)){t.append(
e.slice(n,s.index)),n=s.index+s[0].length;let[,i,o,a,l,c,h,m]=s,u=i?"code":o?"strong":a||l?"em":"a",d=document.
createElement(u);d instanceof HTMLAnchorElement&&(d.href=h??m??"",d.target="_blank",d.rel="noopener noreferrer"),
o?Z(d,o):d.textContent=i??a??l??c??m??"",t.append(d)}t.append(e.slice(n))}function ue(t){let{store:e,t:n}=t,s=W("conversation",n.conversation),i=r("div",{class:"nemo-log",tabindex:0,role:"\
region","aria-label":n.conversation}),o=Oe(t),a=n.suggestions.map(m=>A(m,()=>o.suggest(m),{look:"quiet"})),l=r(
"div",{class:"nemo-welcome"},r("p",null,n.welcome),...a),c=r("div",{class:"nemo-turns"});i.append(l,c),s.append(
i,o.form);let h=new Map;return t.subscribe(["turns","pendingPrompt"],()=>{let m=e.get("pendingPrompt"),u=m?[...e.
get("turns"),Be(m)]:e.get("turns"),d=i.scrollHeight-i.scrollTop-i.clientHeight<40,f=u.length>h.size;D(c,h,u,g=>g.
id,({id:g})=>qe(t,g)),l.hidden=u.length>0,(d||f)&&requestAnimationFrame(()=>i.scrollTo(0,i.scrollHeight))}),s}
function Be({id:t,text:e}){return{id:t,prompt:e,text:"",state:"running",steps:[],changes:[],started:0,elapsed:0,
error:null}}function De(t,e){let n=z("turn");t.set("pendingPrompt",{id:n,text:e}),t.insist({kind:"prompt",id:n,
text:e},()=>t.get("pendingPrompt")?.id===n)}function X(t){return t.get("pendingPrompt")!==null||t.get("turns").
some(({state:e})=>e==="running")}function de({store:t,t:e}){return t.get("link")!=="live"?e.waitForKernel:t.get(
"backend")?.status==="failed"?e.waitForBackend:X(t)?e.waitForTurn:t.get("uploads").some(({state:s})=>s!=="fail\
ed")||t.get("assets").some(({state:s})=>s==="receiving"||s==="sending")?e.waitForUploads:null}function Oe(t){let{
store:e,t:n}=t,s=z("prompt"),i=z("reason"),o=r("textarea",{id:s,rows:2,placeholder:n.promptHint,"aria-describe\
dby":i,onkeydown:p=>{p.key!=="Enter"||!(p.ctrlKey||p.metaKey)||p.isComposing||(p.preventDefault(),f())},oninput:()=>{
m(),u()}}),a=r("p",{class:"nemo-reason",id:i,role:"status"}),l=r("span",{class:"nemo-hint nemo-keys","aria-hid\
den":"true"},n.sendKeys(/Mac|iP/.test(navigator.platform))),c=A(n.send,()=>{},{path:w.send,look:"primary",props:{
type:"submit"}}),h=r("form",{class:"nemo-composer",onsubmit:p=>{p.preventDefault(),f()}},r("label",{for:s},n.promptLabel),
o,r("div",{class:"nemo-composer-foot"},a,l,c)),m=()=>{o.style.height="auto",o.style.height=`${Math.min(o.scrollHeight+
2,160)}px`},u=(p=!1)=>{let k=de(t);E(c,"aria-disabled",k?"true":null),x(a,k??(p?n.emptyPrompt:"")),l.hidden=a.
textContent!==""},d=e.get("pendingPrompt"),f=()=>{let p=o.value.trim(),k=de(t);!k&&p?(De(e,p),d=e.get("pending\
Prompt"),o.value="",m()):k||o.focus(),u(!k&&!p)};return t.subscribe(["turns","pendingPrompt","uploads","assets",
"backend","link"],()=>{let p=e.get("pendingPrompt");d&&!p&&!e.get("turns").some(({id:M})=>M===d?.id)&&!o.value&&
(o.value=d?.text??""),d=p,u()}),{form:h,suggest:p=>{o.value=p,m(),u(),o.focus()}}}var He=3;function qe(t,e){let{
store:n,t:s}=t,i=r("p",{class:"nemo-prompt"}),o=r("ul",{class:"nemo-steps"}),a=r("summary"),l=r("details",{class:"\
nemo-steps-box",hidden:!0},a,o),c=r("div",{class:"nemo-answer","aria-live":"polite"}),h=r("ul",{class:"nemo-ch\
anges"}),m=r("summary"),u=r("details",{class:"nemo-steps-box",hidden:!0},m,h),d=r("div"),f=r("span",{class:"ne\
mo-hint"}),g=A(s.stop,()=>Ve(n,e),{path:w.stop,look:"quiet"}),p=r("div",{class:"nemo-turn-foot"},r("span",{class:"\
nemo-spinner"}),f,g),k=r("article",{class:"nemo-turn"},i,l,c,u,d,p),M=[],y,S=performance.now(),$=()=>{if(!y)return;
let b=y.state==="running",R=se(y.elapsed+(b?performance.now()-S:0)),P=y.steps.at(-1)??s.working;x(f,b?`${P} · ${R}`:
y.state==="stopped"?`${s.stopped} · ${R}`:s.took(R))},I=setInterval(()=>y?.state==="running"&&$(),1e3);return t.
onClose(()=>clearInterval(I)),{row:k,update:b=>{if(b===y)return;b.elapsed!==y?.elapsed&&(S=performance.now()),
y=b;let R=b.state==="running";x(i,b.prompt),l.hidden=b.steps.length===0,x(a,s.steps(b.steps.length)),he(o,b.steps),
ce(c,M,b.text),u.hidden&&(u.open=b.changes.length<=He),u.hidden=b.changes.length===0,x(m,s.changes(b.changes.length)),
he(h,b.changes,w.check),L(d,b.error),k.dataset.state=b.state,g.hidden=!R,$()}}}function Ve(t,e){t.send({kind:"\
stop",id:e}),t.get("pendingPrompt")?.id===e&&t.set("pendingPrompt",null)}function he(t,e,n){for(t.hidden=e.length===
0;t.children.length>e.length;)t.lastElementChild?.remove();for(let[s,i]of e.entries()){let o=t.children[s]??t.
appendChild(r("li",null,n?T(n):null,r("span")));x(o.lastElementChild,i)}}function pe(t){let{store:e,t:n}=t,s=z("reason"),i=A(n.export,()=>me(t)===null&&Ue(e),{path:w.film,look:"primar\
y",props:{"aria-describedby":s}}),o=r("a",{class:"nemo-button"},T(w.download),r("span",null,n.download)),a=r("\
span",{class:"nemo-reason",id:s,role:"status"}),l=r("span",{class:"nemo-stage-name"}),c=r("output",{class:"nem\
o-percent"}),h=r("progress",{max:1,"aria-label":n.export}),m=A(n.cancel,()=>Ke(e),{look:"quiet"}),u=r("div",{class:"\
nemo-export-running"},l,c,h,m),d=r("div"),f=r("div",{class:"nemo-export-bar"},i,o,a,u);return t.subscribe(["ex\
port","pendingExport","draft","turns","pendingPrompt","backend","link","video","transfer"],()=>{let g=e.get("e\
xport"),p=G(e),k=g?.state==="running"?g.done:0,M=me(t),y=e.get("video"),S=e.get("transfer")?.url??null;i.hidden=
p,u.hidden=!p,x(i.lastElementChild,y?n.exportAgain:n.export);let $=!!S&&!y?.outdated;i.classList.toggle("nemo-\
primary",!$),E(i,"aria-disabled",M?"true":null),x(l,g?.state==="running"&&g.stage==="downloading"?n.downloading:
n.rendering),x(c,`${Math.floor(k*100)} %`),h.value=k,o.hidden=!S||p,o.classList.toggle("nemo-primary",$),E(o,"\
href",S),E(o,"download",y?.name||"video.mp4");let I=g?.state==="cancelled"?n.exportCancelled:"",v=y?.outdated?
n.outdated:je(y);x(a,p?"":M??(I||v)),L(d,!p&&g?.state==="failed"?g.error:null)}),r("section",{class:"nemo-expo\
rt","aria-label":n.export},f,d)}function je(t){if(!t)return"";let{width:e,height:n,duration:s}=t;return[s?C(s):
null,e&&n?`${e} × ${n}`:null,F(t.size)].filter(Boolean).join(" · ")}function G(t){return t.get("pendingExpor\
t")!==null||t.get("export")?.state==="running"}function me({store:t,t:e}){return t.get("link")!=="live"?e.waitForKernel:
t.get("backend")?.status==="failed"?e.waitForBackend:X(t)?e.waitForTurn:t.get("draft")?.tracks.some(s=>s.segments.
length>0)?null:e.noDraft}function Ue(t){let e=z("export");t.set("pendingExport",e),t.insist({kind:"export",id:e},
()=>t.get("pendingExport")===e)}function Ke(t){let e=t.get("pendingExport")??t.get("export")?.id;e&&t.send({kind:"\
export-cancel",id:e}),t.set("pendingExport",null)}function fe(t){let{store:e,t:n}=t,s=r("span",{class:"nemo-mark","aria-hidden":"true"}),i=r("strong"),o=r("span"),
a=r("div",{class:"nemo-badge",role:"status"},r("i",{"aria-hidden":"true"}),i,o),l=A(n.reconnect,()=>e.send({kind:"\
reconnect"})),c=r("div",{class:"nemo-notices"}),h=r("div",{class:"nemo-notices"}),m="";return t.subscribe(["ba\
ckend","link"],()=>{let u=e.get("backend"),d=u?.status??"connecting",f={connecting:n.statusConnecting,ready:n.
statusReady,failed:n.statusFailed};a.dataset.status=d,x(i,u?.label||n.connecting),x(o,u?.label?d==="ready"?u.detail:
f[d]:n.connectingDetail),a.title=u?.label?`${u.label} (${f[d]}): ${u.detail}`:"";let g=e.get("link")==="silent"?
{message:n.silent,remedy:n.silentRemedy}:null,p=d==="failed"?u?.error??{message:n.waitForBackend,remedy:""}:null;
L(c,g??p,()=>g?[]:[l])}),t.subscribe(["notice"],()=>{let u=e.get("notice"),d=JSON.stringify(u);d!==m&&(m="");let f=()=>{
m=d,L(h,null)};m||L(h,u,()=>[N(n.dismiss,w.close,f)])}),r("header",null,r("div",{class:"nemo-title"},s,r("h2",
null,n.product),a),c,h)}function ge(t=document){let e=t.body.dataset.jpThemeLight!==void 0||t.getElementById("jupyter-config-data")!==
null,n=t.documentElement.hasAttribute("theme")||/\bvscode-/.test(t.body.className);return e&&!n?{up:4*1048576,
down:8*1048576}:{up:1048576/2,down:1048576/2}}function Ye(t=document){let e=t.documentElement,{body:n}=t,s=n.dataset.
jpThemeLight;if(s!==void 0)return s==="false"?"dark":"light";let i=[e.getAttribute("theme"),...[e,n].flatMap(o=>[
o.dataset.theme,o.dataset.vscodeThemeKind,...o.classList])];for(let o of i){let a=/^(?:vscode-)?(dark|light|high-contrast-light|high-contrast)(?:-theme)?$/.
exec(o??"");if(a)return a[1]==="dark"||a[1]==="high-contrast"?"dark":"light"}return matchMedia("(prefers-color\
-scheme: dark)").matches?"dark":"light"}function be(t){let e=()=>{t.dataset.theme=Ye()},n=new MutationObserver(
e);n.observe(document.documentElement,{attributes:!0}),n.observe(document.body,{attributes:!0});let s=matchMedia(
"(prefers-color-scheme: dark)");return s.addEventListener("change",e),e(),()=>{n.disconnect(),s.removeEventListener(
"change",e)}}function J(t){let{store:e,t:n}=t,s=r("strong"),i=r("span"),o=r("progress",{max:1,"aria-label":n.loadingVideo}),
a=r("div",{class:"nemo-backdrop"}),l=r("div",{class:"nemo-poster"},T(w.film),s,i,o),c=r("div",{class:"nemo-sta\
ge-alert"}),h=r("section",{class:"nemo-stage","aria-label":n.preview},a,l,c),m=null,u="";return t.onClose(()=>m?.
removeAttribute("src")),t.subscribe(["video"],()=>t.videos.want()),t.subscribe(["video","transfer","draft","as\
sets","export","pendingExport"],()=>{let d=e.get("video"),f=d&&e.get("transfer"),g=(e.get("draft")?.tracks??[]).
some(({segments:v})=>v.length>0),p=f?.url??null;(m?.getAttribute("src")??null)!==p&&(m?.remove(),m=p?Ze(t,p,d?.
name??""):null,m?h.append(m):t.playback.moved(0,!1)),l.hidden=p!==null,o.hidden=!d||!f||f.error!==null,f&&(o.value=
f.done);let[k,M]=G(e)?[n.rendering,""]:g?[n.posterDraft,n.posterDraftHint]:[n.posterEmpty,n.posterEmptyHint];x(
s,d?n.loadingVideo:k),x(i,d?d.name:M);let y=f?.error?.message===""?{message:n.videoFailed,remedy:n.videoFailedRemedy}:
f?.error;L(c,y,()=>[A(n.tryAgain,()=>t.videos.retry())]);let S=d??e.get("draft");h.style.setProperty("--nemo-s\
hape",String((S?.width||16)/(S?.height||9)));let $=e.get("assets").map(({thumbnail:v})=>_(v)).find(Boolean),I=$&&
!p?`url("${$}")`:"";I!==u&&(a.style.backgroundImage=I),u=I}),h}function Ze(t,e,n){let{playback:s}=t,i=r("video",
{src:e,controls:!0,playsinline:!0,preload:"auto","aria-label":n}),o=()=>s.moved(i.currentTime*1e3,!0),a=()=>{o(),
!i.paused&&!i.ended&&i.isConnected&&requestAnimationFrame(a)};for(let l of["loadedmetadata","timeupdate","seek\
ing","pause"])i.addEventListener(l,o);return i.addEventListener("play",a),s.seek=l=>{i.currentTime=Math.max(0,
Math.min(l/1e3,i.duration||0)),o()},i}var ye=[1e3,2e3,4e3,8e3],Xe=[4e3,8e3,16e3,32e3],we={backend:null,language:"en",limits:{max_upload_bytes:500*1024*
1024,suffixes:[]},assets:[],turns:[],draft:null,export:null,video:null,notice:null,link:"waiting",uploads:[],pendingPrompt:null,
pendingExport:null,transfer:null},Ge=["backend","language","limits","assets","turns","draft","export","video",
"notice"],q=class{#e={...we};#t=[];#s=new Map;#i=new Set;#a=new Set;#n=null;#o=-1;#l=!1;#c=!1;#m=Number.NEGATIVE_INFINITY;#f=0;#r;#d;constructor(){
this.handle("state",e=>this.#y(e)),this.handle("answer",e=>this.#b(e))}attach(e){return this.#t.push(e),this.#t.
length===1&&(e.on("msg:custom",this.#h),this.#p()),()=>{let n=this.#t.indexOf(e);n<0||(this.#t.splice(n,1),!(n>
0)&&(e.off("msg:custom",this.#h),this.#t[0]?this.#t[0].on("msg:custom",this.#h):clearTimeout(this.#r)))}}#p(){
this.askWhole(),this.#u()}#u(){this.#c=!1,clearTimeout(this.#d),this.#d=setTimeout(()=>{this.#c||this.set("lin\
k","silent")},8e3)}insist(e,n,s=0){if(!n())return;this.send(e),s>0&&this.send({kind:"ready"}),s===1&&this.#u();
let i=Xe[s];i&&setTimeout(()=>this.insist(e,n,s+1),i)}handle(e,n){this.#s.set(e,n)}send(e,n){try{return this.#t[0]?.
send(e,void 0,n?[n]:[]),this.#t.length>0}catch{return!1}}get(e){return this.#e[e]}set(e,n){this.#e[e]=n,this.#a.
add(e),this.#n??=Je(()=>{this.#n=null,this.flush()})}flush(){this.#n?.(),this.#n=null;let e=this.#a;this.#a=new Set;
for(let{keys:n,changed:s}of[...this.#i])if(n.some(i=>e.has(i)))try{s()}catch(i){reportError(i)}}subscribe(e,n){
let s={keys:e,changed:n};return this.#i.add(s),n(),()=>this.#i.delete(s)}askWhole(){this.#l=!1;let e=Math.max(
0,this.#m+500-performance.now());if(clearTimeout(this.#r),e>0){this.#r=setTimeout(()=>this.askWhole(),e);return}
this.#m=performance.now(),this.send({kind:"ready"});let n=ye[Math.min(this.#f++,ye.length-1)];this.#r=setTimeout(
()=>this.askWhole(),n)}#h=(e,n=[])=>{let s=n.map(i=>ArrayBuffer.isView(i)?new Uint8Array(i.buffer,i.byteOffset,
i.byteLength):new Uint8Array(i));this.#s.get(e?.kind)?.(e,s)};#y(e){let{seq:n,whole:s,patch:i}=e;if(s){if(this.#c=
!0,this.set("link","live"),this.#l&&n<this.#o)return;this.#l=!0,this.#f=0,clearTimeout(this.#r)}else{if(n<=this.#o)
return;if(!this.#l||n!==this.#o+1){this.#l&&this.askWhole();return}}this.#o=n;for(let o of Ge)(o in i||s)&&this.#g(
o,i);this.#w(s?null:i.notice)}#g(e,n){this.set(e,n[e]??we[e])}#w(e){let n=this.get("pendingPrompt");n&&(e||this.
get("turns").some(i=>i.id===n.id))&&this.set("pendingPrompt",null);let s=this.get("pendingExport");s&&(e||this.
get("export")?.id===s)&&this.set("pendingExport",null)}#b(e){if(!this.#l)return;let n=this.get("turns"),s=n.findIndex(
c=>c.id===e.turn),i=Number(e.offset),o=n[s];if(!o||i>o.text.length){this.askWhole();return}let a=String(e.text),
l=o.text.slice(0,i)+a+o.text.slice(i+a.length);this.set("turns",n.with(s,{...o,text:l}))}};function Je(t){let e=()=>{
cancelAnimationFrame(s),clearTimeout(i)},n=()=>{e(),t()},s=requestAnimationFrame(n),i=setTimeout(n,250);return e}var Qe=200,ve=new Set(["start","duration","end"]);function Q(t){let{store:e,t:n}=t,s=r("summary"),i=r("div",{class:"\
nemo-table-scroll",tabindex:0,role:"region","aria-label":n.tableCaption}),o=r("details",{class:"nemo-panel nem\
o-table"},s,i),a=null,l=()=>{let c=e.get("draft");o.hidden=!c?.rows.length,x(s,n.table(c?.rows.length??0)),!(!c||
a===c||!o.open&&c.rows.length>Qe)&&(a=c,i.replaceChildren(et(n.tableCaption,c.columns,c.rows)))};return o.addEventListener(
"toggle",l),t.subscribe(["draft"],l),o}function et(t,e,n){let s=e.map((a,l)=>ve.has(a.key)||n.every(c=>typeof(c[l]??
0)=="number")),i=e.map(({label:a},l)=>r("th",{scope:"col",class:s[l]&&"nemo-number"},a)),o=n.map(a=>r("tr",null,
...e.map(({key:l},c)=>r("td",{class:s[c]&&"nemo-number"},tt(l,a[c]??null)))));return r("table",null,r("caption",
{class:"nemo-hidden"},t),r("thead",null,r("tr",null,...i)),r("tbody",null,...o))}function tt(t,e){return e===null?
"–":ve.has(t)&&typeof e=="number"?C(e,3):String(typeof e=="number"?Math.round(e*1e3)/1e3:e)}var nt=[100,200,500,1e3,2e3,5e3,1e4,15e3,3e4,6e4,12e4,3e5,6e5,18e5,36e5],st=64,xe=32;function ee(t){let{store:e,
t:n,playback:s}=t,i=N(n.zoomOut,w.zoomOut,()=>S(y/2)),o=N(n.zoomIn,w.zoomIn,()=>S(y*2)),a=r("div",{class:"nemo\
-zooms"},i,o),l=W("timeline",n.timeline,a),c=r("p",{class:"nemo-hint nemo-timeline-empty"},n.timelineEmpty),h=r(
"p",{class:"nemo-hidden"}),m=r("div",{class:"nemo-lane-heads","aria-hidden":"true"}),u=r("div",{class:"nemo-ru\
ler",role:"slider","aria-label":n.seek,"aria-valuemin":0}),d=r("div",{class:"nemo-lanes","aria-hidden":"true"}),
f=r("div",{class:"nemo-playhead","aria-hidden":"true"}),g=r("div",{class:"nemo-canvas"},u,d,f),p=r("div",{class:"\
nemo-scroller"},g),k=r("div",{class:"nemo-timeline-body"},m,p);l.append(c,h,k);let M=0,y=1,S=v=>{let b=(p.scrollLeft+
p.clientWidth/2)/(g.clientWidth||1);y=Math.max(1,Math.min(xe,v)),g.style.width=`${y*100}%`,p.scrollLeft=b*g.clientWidth-
p.clientWidth/2,E(i,"disabled",y===1),E(o,"disabled",y===xe)};S(1);let $=[];t.subscribe(["draft","assets"],()=>{
let v=e.get("draft"),b=[v,...e.get("assets").map(({thumbnail:P})=>P)];if($.length===b.length&&b.every((P,Te)=>P===
$[Te]))return;$=b;let R=v?.tracks.some(P=>P.segments.length>0)??!1;M=v?it(v):0,c.hidden=R,k.hidden=a.hidden=!R,
h.textContent=v?.summary??"",ot(t,v,M,m,d),ke(u,M,g.clientWidth),E(u,"aria-valuemax",Math.round(M/1e3))});let I=new ResizeObserver(
()=>ke(u,M,g.clientWidth));return I.observe(g),t.onClose(()=>I.disconnect()),s.watch(()=>{let{time:v,seekable:b}=s;
f.hidden=!b,f.style.left=`${M?Math.min(100,v/M*100):0}%`,g.classList.toggle("nemo-seekable",b),E(u,"tabindex",
b?0:null),E(u,"aria-disabled",b?null:"true"),E(u,"aria-valuenow",Math.round(v/1e3)),E(u,"aria-valuetext",C(v))}),
g.addEventListener("click",v=>{let b=g.getBoundingClientRect();s.seekable&&s.seek((v.clientX-b.left)/b.width*M)}),
u.addEventListener("keydown",({key:v})=>{let b={ArrowLeft:-1e3,ArrowRight:1e3,PageUp:-5e3,PageDown:5e3}[v];s.seekable&&
(b?s.seek(s.time+b):v==="Home"?s.seek(0):v==="End"&&s.seek(M))}),l}function it(t){let e=t.duration;for(let{segments:n}of t.
tracks)for(let{start:s,duration:i}of n)e=Math.max(e,s+i);return e}function ot({store:t,t:e},n,s,i,o){let a=new Map;
for(let{name:h,source:m,thumbnail:u}of t.get("assets")){let d=_(u);a.set(h,d),m&&a.set(m,d)}let l={video:e.laneVideo,
audio:e.laneAudio,text:e.laneText},c=n?.tracks??[];i.replaceChildren(...c.map(h=>{let m=h.name||l[h.kind]||h.kind;
return r("div",{title:m},T(H[h.kind]??w.other),r("span",null,m))})),o.replaceChildren(...c.map(h=>{let m=l[h.kind]?
h.kind:"other",u=h.segments.map(d=>rt(d,h,s,a));return r("div",{class:`nemo-lane nemo-lane-${m}`},...u)}))}function rt(t,e,n,s){
let{start:i,duration:o,label:a}=t,l=`${a}
${C(i,1)} – ${C(i+o,1)}`,c=r("div",{class:"nemo-segment",title:l},r("span",null,a));c.style.left=`${i/n*100}\
%`,c.style.width=`${o/n*100}%`;let h=e.kind==="video"?at(t,s):null;return h&&(c.classList.add("nemo-pictured"),
c.style.backgroundImage=`url("${h}")`),c}function at({label:t,source:e},n){let s=lt((e??"").split(/[?#]/)[0]?.
split("/").at(-1)??"");return n.get(e??"")??n.get(s)??n.get(t)}function lt(t){try{return decodeURIComponent(t)}catch{
return t}}function ke(t,e,n){let s=n?e*st/n:e,i=nt.find(l=>l>=s)??Math.ceil(s/36e5)*36e5,o=`${e}/${i}`;if(t.dataset.
scale===o)return;t.dataset.scale=o;let a=[];for(let l=0;e>0&&l<=e;l+=i){let c=r("span",null,C(l,i<1e3?1:0));c.
style.left=`${l/e*100}%`,l>e-i*.5&&(c.className="nemo-last-tick"),a.push(c)}t.replaceChildren(...a)}var ct=4,dt=3e3,ht=12e3,V=class{#e=[];#t;#s;constructor(e,n){this.#t=e,this.#s=n,e.handle("upload-ready",({id:s})=>this.#i(
s)?.ready()),e.handle("upload-ack",({id:s,index:i})=>this.#i(s)?.acknowledge(Number(i))),e.handle("upload-miss\
ing",({id:s,missing:i})=>this.#i(s)?.resend(i)),e.handle("upload-end",({id:s,error:i})=>this.#a(s,i))}add(e){for(let n of e){
let s=new te(this.#t,n,this.#s,()=>this.#n());s.refuse(ut(this.#t,n)),this.#e.push(s)}this.#n()}cancel(e){let n=this.#i(
e);n&&(n.stop(),n.begun&&this.#t.send({kind:"upload-cancel",id:e}),this.#e=this.#e.filter(s=>s!==n),this.#n())}release(){
for(let e of this.#e.splice(0))e.stop()}#i(e){return this.#e.find(n=>n.id===e)}#a(e,n){let s=this.#i(e);s&&(n?
s.refuse(n):this.#e=this.#e.filter(i=>i!==s),s.stop(),this.#n())}#n(){let e=this.#e.find(({state:n})=>n!=="fai\
led");e?.state==="queued"&&e.start(),this.#t.set("uploads",this.#e.map(n=>n.view()))}};function ut(t,e){let{max_upload_bytes:n,
suffixes:s}=t.get("limits"),i=B(t.get("language")),o=/\.[^.]*$/.exec(e.name)?.[0].toLowerCase()??"";return s.length&&
!s.includes(o)?{message:i.wrongType,remedy:i.wrongTypeRemedy(s.map(a=>a.slice(1)).join(", "))}:e.size===0?{message:i.
emptyFile,remedy:i.emptyFileRemedy}:e.size>n?{message:i.tooLarge(Math.floor(n/(1024*1024))),remedy:i.tooLargeRemedy}:
null}var te=class{id=z("file");state="queued";begun=!1;#e=null;#t=null;#s=!1;#i=0;#a=new Set;#n=new Set;#o=new Set;#l=0;#c=!1;#m=dt;#f;#r;#d;#p;#u;#h;constructor(e,n,s,i){
this.#r=e,this.#d=n,this.#p=s,this.#u=Math.ceil(n.size/s),this.#h=i}view(){let e=this.#o.has(this.#u-1)?this.#u*
this.#p-this.#d.size:0,n=this.#o.size*this.#p-e,s=(performance.now()-this.#l)/1e3;return{id:this.id,name:this.#d.
name,size:this.#d.size,thumbnail:this.#t,state:this.state,done:n,speed:this.#l&&s>.3?n/s:0,error:this.#e}}refuse(e){
e&&(this.#e=e,this.state="failed")}async start(){this.state="sending",this.#t=await oe(this.#d),this.state==="\
sending"&&this.#y(),this.#h()}#y(){this.begun=!0,this.#r.send({kind:"upload-begin",id:this.id,name:this.#d.name,
size:this.#d.size,slice_bytes:this.#p,thumbnail:this.#t}),this.#v()}ready(){this.#s||(this.#s=!0,this.#l=performance.
now(),this.#b(),this.#g())}acknowledge(e){e>=0&&e<this.#u&&(this.#c=!1,this.#a.delete(e),this.#n.delete(e),this.#o.
add(e),this.#b(),this.#g(),this.#h())}resend(e){if(this.#b(),!this.#c)return;this.#c=!1;let n=e.length<64?this.#i:
Math.max(...e);for(let s=0;s<Math.min(n,this.#i);s++)this.#o.add(s);for(let s of e)this.#o.delete(s),s<this.#i&&
this.#n.add(s);this.#a.clear(),this.#g(),this.#h()}stop(){clearTimeout(this.#f),this.state!=="failed"&&(this.state=
"finishing"),this.#s=!1}#g(){if(this.#s){for(;this.#a.size<ct;){let[e]=this.#n;if(e===void 0&&this.#i>=this.#u)
break;let n=e??this.#i++;this.#n.delete(n),this.#a.add(n),this.#w(n)}this.#o.size===this.#u&&(this.state="fini\
shing")}}async#w(e){let n=e*this.#p;try{let s=await this.#d.slice(n,n+this.#p).arrayBuffer();this.#s&&this.#r.
send({kind:"upload-slice",id:this.id,index:e},s)}catch{if(!this.#s)return;let s=B(this.#r.get("language"));this.
refuse({message:s.unreadable,remedy:s.unreadableRemedy}),this.stop(),this.#r.send({kind:"upload-cancel",id:this.
id}),this.#h()}}#b(){this.state==="stalled"&&(this.state="sending"),this.#v()}#v(){clearTimeout(this.#f),this.#f=
setTimeout(()=>{this.state==="sending"&&(this.state="stalled"),this.#s?(this.#c=!0,this.#m=Math.min(this.#m*2,
ht),this.#r.send({kind:"upload-check",id:this.id}),this.#v()):this.#y(),this.#h()},this.#m)}};var j=class{#e=null;#t=new Map;#s=new Set;#i=0;#a=0;#n=null;#o;#l=5e3;#c;#m;constructor(e,n){this.#c=e,this.#m=
n,e.handle("video-slice",({id:s,offset:i},[o])=>{s===this.#e?.id&&o&&this.#p(Number(i),o)}),e.handle("video-fa\
iled",({id:s,error:i})=>{s===this.#e?.id&&!this.#n&&this.#u(i)})}want(){let e=this.#c.get("video");e?.id!==this.#e?.
id&&(this.release(),this.#e=e,e&&this.#f())}retry(){this.#e&&!this.#n&&this.#f()}release(){clearTimeout(this.#o),
this.#n&&URL.revokeObjectURL(this.#n),this.#n=null,this.#e=null,this.#t.clear(),this.#c.set("transfer",null)}#f(){
this.#t.clear(),this.#s.clear(),this.#i=0,this.#a=0,this.#l=5e3,this.#h(null),this.#r()}#r(){let e=this.#e?.size??
0;for(;this.#s.size<2&&this.#i<e;)this.#d(this.#i),this.#i+=this.#m;clearTimeout(this.#o),this.#s.size!==0&&(this.#o=
setTimeout(()=>{this.#l*=2;for(let n of this.#s)this.#d(n);this.#r()},this.#l))}#d(e){if(!this.#e)return;this.#s.
add(e);let n=Math.min(this.#m,this.#e.size-e);this.#c.send({kind:"video-read",id:this.#e.id,offset:e,length:n})}#p(e,n){
if(!this.#e)return;if(!this.#s.delete(e)){this.#r();return}let s=Math.min(e+this.#m,this.#e.size);if(this.#t.set(
e,new Blob([n])),this.#a+=n.length,e+n.length<s){this.#u(null);return}if(this.#a>=this.#e.size){clearTimeout(this.#o);
let i=[...this.#t].sort(([o],[a])=>o-a).map(([,o])=>o);this.#t.clear(),this.#n=URL.createObjectURL(new Blob(i,
{type:this.#e.type||"video/mp4"}))}else this.#r();this.#h(null)}#u(e){clearTimeout(this.#o),this.#s.clear(),this.#t.
clear(),this.#h(e??{message:"",remedy:""})}#h(e){if(!this.#e)return;let n=this.#e.size?this.#a/this.#e.size:0;
this.#c.set("transfer",{id:this.#e.id,done:n,url:this.#n,error:e})}};var ne=new Map,Me=t=>String(t.get("_id")??"");function Ee(t){let e=Me(t),n=ne.get(e);if(!n){let s=new q,{up:i,
down:o}=ge();n={store:s,uploads:new V(s,i),videos:new j(s,o),views:0},ne.set(e,n)}return n}function mt({model:t}){
let e=Ee(t),n=e.store.attach(t);return()=>{n(),e.uploads.release(),e.videos.release(),ne.delete(Me(t))}}function pt({
model:t,el:e}){let n=Ee(t),s=n.store.attach(t);n.views++;let i=r("div",{class:"nemo-editor","data-lm-suppress-\
shortcuts":"true"});for(let m of["keydown","keypress","keyup","paste","copy","cut"])i.addEventListener(m,u=>u.
stopPropagation());e.append(i);let o=be(i),a=null,l="",c=String(t.get("_part")??"editor"),h=n.store.subscribe(
["language"],()=>{let m=n.store.get("language");m!==l&&(l=m,a?.close(),a=new O(n.store,n.uploads,n.videos,B(l)),
i.lang=l==="zh"?"zh-CN":"en",i.replaceChildren(ft(a,c)),(c==="editor"||c==="uploader")&&ae(a,i))});return()=>{
h(),o(),a?.close(),i.remove(),s(),--n.views===0&&n.videos.release()}}function ft(t,e){if(e==="uploader")return r(
"div",{class:"nemo-part"},K(t));if(e==="timeline")return r("div",{class:"nemo-part"},ee(t),Q(t));if(e==="playe\
r")return r("div",{class:"nemo-part"},J(t));let n=r("div",{class:"nemo-left"},K(t),ue(t)),s=r("div",{class:"ne\
mo-show"},J(t),pe(t)),i=r("div",{class:"nemo-right"},s,ee(t),Q(t));return r("div",{class:"nemo-frame"},fe(t),n,
i)}var xn={initialize:mt,render:pt};export{xn as default};
