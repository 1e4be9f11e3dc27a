function r(t,e,...n){let s=document.createElement(t);for(let[o,i]of Object.entries(e??{}))typeof i=="function"?
s.addEventListener(o.slice(2),i):E(s,o,i);return s.append(...n.filter(o=>o!=null&&o!==!1)),s}function E(t,e,n){
let s=n===!0?"":n==null||n===!1?null:String(n);s===null?t.removeAttribute(e):t.getAttribute(e)!==s&&t.setAttribute(
e,s)}function w(t,e){t.textContent!==e&&(t.textContent=e)}function T(t){let e=document.createElementNS("http:/\
/www.w3.org/2000/svg","svg");e.setAttribute("viewBox","0 0 24 24"),e.setAttribute("class","nemo-icon"),e.setAttribute(
"aria-hidden","true");let n=document.createElementNS("http://www.w3.org/2000/svg","path");return n.setAttribute(
"d",t),e.append(n),e}var y={add:"M12 5v14M5 12h14",audio:"M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1\
 5 0ZM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z",check:"m5 13 4 4L19 7",close:"M6 6l12 12M18 6 6 18",download:"\
M12 4v11m0 0 4-4m-4 4-4-4M5 19h14",film:"M4 5h16v14H4zM8 5v14M16 5v14M4 9.7h4M4 14.3h4M16 9.7h4M16 14.3h4",image:"\
M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01",other:"M5 7h14M5 12h14M5 17h9",send:"M12 19V5m0 0-6 6\
m6-6 6 6",stop:"M7 7h10v10H7z",text:"M5 7V5h14v2M12 5v14M9 19h6",upload:"M12 16V5m0 0-4 4m4-4 4 4M5 19h14",zoomIn:"\
M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM16.2 16.2 20 20M11 8v6M8 11h6",zoomOut:"M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-\
14ZM16.2 16.2 20 20M8 11h6"};function B(t,e,n,s,o){let i=new Set(n.map(s));for(let[l,{row:c}]of e)i.has(l)||(c.
remove(),e.delete(l));let a=t.firstElementChild;for(let l of n){let c=s(l),u=e.get(c)??o(l);e.set(c,u),u.row===
a?a=a.nextElementSibling:t.insertBefore(u.row,a),u.update(l)}}function z(t){let e=crypto.getRandomValues(new Uint8Array(
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
Download",export:"Export video",exportAgain:"Export again",cancel:"Cancel",exportCancelled:"The export was can\
celled.",noDraft:"There is nothing to export yet: ask for a video first.",timeline:"Timeline",timelineEmpty:"T\
he timeline fills as you describe the video.",seek:"Position in the video",zoomIn:"Zoom in",zoomOut:"Zoom out",
laneVideo:"Video",laneAudio:"Audio",laneText:"Text",table:t=>t===1?"Table · 1 row":`Table · ${t} rows`,tableCaption:"\
The draft's segments; times in minutes and seconds",dismiss:"Dismiss"},Ce={product:"NemoVideo 编辑器",connecting:"\
正在连接…",connectingDetail:"正在等待笔记本内核。",silent:"笔记本内核没有响应。",silentRemedy:"\
如果有单元格正在运行，请等待；否则请重新运行此单元格。",statusReady:"就绪",statusConnecting:"\
连接中…",statusFailed:"未连接",reconnect:"重新连接",files:"素材",filesCount:t=>`${t} 个文件`,
chooseFiles:"选择文件",addFiles:"添加文件",dropHere:"把照片、视频或音乐拖到这里",dropNow:"\
松开即可添加文件",formats:(t,e)=>`${t} · 每个最大 ${e}`,queued:"等待中",stalled:"正在等待内核…",
finishing:"即将完成…",receiving:"接收中…",sending:"提交中…",cancelFile:t=>`取消 ${t}`,removeFile:t=>`\
移除 ${t}`,wrongType:"不支持这种文件。",wrongTypeRemedy:t=>`支持的格式：${t}。`,emptyFile:"这是\
空文件。",emptyFileRemedy:"请重新选择，或检查文件是否保存完整。",tooLarge:t=>`文件太大：最多 ${t}\
 MB。`,tooLargeRemedy:"请先压缩或剪短。",unreadable:"浏览器无法再读取此文件。",unreadableRemedy:"\
文件可能已移动或更改，请重新选择。",conversation:"对话",promptLabel:"想做一个什么样的视频？",
promptHint:"描述视频或修改要求…",send:"发送",sendKeys:t=>`${t?"⌘":"Ctrl"} + Enter`,emptyPrompt:"\
消息是空的。请说明想要什么，或选择一条建议。",waitForUploads:"请等待文件上传完成。",
waitForTurn:"请等待回答完成，或先停止。",waitForBackend:"服务未连接，请先重新连接。",
waitForKernel:"正在等待笔记本内核。",welcome:"添加照片或视频，然后说明想要什么。例如：",
suggestions:["把这些图片做成 30 秒的宣传视频，配上音乐和文字","做一个 15 秒的舒缓幻灯片，带淡入淡出",
"在开头加上标题，并让音乐渐弱结束"],you:"你",working:"处理中…",steps:t=>`${t} 个步骤`,
changes:t=>`${t} 处改动`,stop:"停止",stopped:"已停止",took:t=>`用时 ${t}`,preview:"预览",posterEmpty:"\
视频会显示在这里",posterEmptyHint:"添加素材并说明想要什么。",posterDraft:"草稿已就绪",
posterDraftHint:"导出后即可观看。",rendering:"正在渲染视频",downloading:"正在获取视频",loadingVideo:"\
正在加载视频…",videoFailed:"无法读取视频。",videoFailedRemedy:"请重试，或重新导出。",
tryAgain:"重试",download:"下载",export:"导出视频",exportAgain:"重新导出",cancel:"取消",exportCancelled:"\
导出已取消。",noDraft:"还没有可以导出的内容：请先说明想要的视频。",timeline:"时间线",
timelineEmpty:"描述视频后，时间线会显示在这里。",seek:"视频播放位置",zoomIn:"放大",zoomOut:"\
缩小",laneVideo:"视频",laneAudio:"音频",laneText:"文字",table:t=>`表格 · ${t} 行`,tableCaption:"草稿\
的片段；时间以分和秒表示",dismiss:"关闭"},W=t=>t==="zh"?Ce:Ae;function A(t,e=0){let n=10**(3-e),
s=Math.round(t/n)*n,o=Math.floor(s/6e4),i=(s%6e4/1e3).toFixed(e).padStart(e?3+e:2,"0");return`${o}:${i}`}function se(t){
return t>=6e4?`${A(t)} min`:`${(t/1e3).toFixed(t<1e4?1:0)} s`}function F(t){if(t<1e3)return`${t} B`;if(t<1024*
1e3)return`${Math.round(t/1024)} kB`;let e=t/(1024*1024);return`${e.toFixed(e<10&&!Number.isInteger(e)?1:0)} M\
B`}async function ie(t){let e=new Promise(s=>setTimeout(s,1500,null)),n=t.type.startsWith("image/")?Le(t):t.type.
startsWith("video/")?ze(t):null;return Promise.race([e,n]).catch(()=>null)}async function Le(t){let e=await createImageBitmap(
t,{resizeWidth:160,resizeQuality:"medium"}),n=re(e,e.width,e.height);return e.close(),n}async function ze(t){let e=URL.
createObjectURL(t),n=document.createElement("video");try{return n.muted=!0,n.preload="auto",n.src=e,await oe(n,
"loadeddata"),n.currentTime=Math.min(1,n.duration/3||0),await oe(n,"seeked"),re(n,n.videoWidth,n.videoHeight)}finally{
n.removeAttribute("src"),URL.revokeObjectURL(e)}}function oe(t,e){return new Promise((n,s)=>{t.addEventListener(
e,n,{once:!0}),t.addEventListener("error",s,{once:!0}),setTimeout(s,1500)})}function re(t,e,n){let s=document.
createElement("canvas");s.width=160,s.height=Math.max(1,Math.min(320,Math.round(160*n/e)));let o=s.getContext(
"2d");if(!o)return null;o.fillStyle="#fff",o.fillRect(0,0,s.width,s.height),o.drawImage(t,0,0,s.width,s.height);
for(let i of[.75,.5,.3]){let a=s.toDataURL("image/jpeg",i);if(a.startsWith("data:image/jpeg")&&a.length<=12288)
return a}return null}function _(t){return typeof t=="string"&&/^data:image\/(?:jpeg|png|webp|gif);base64,[A-Za-z0-9+/=]+$/.
test(t)?t:null}var O=class{playback=new U;#e=[];constructor(e,n,s,o){this.store=e,this.uploads=n,this.videos=s,this.t=o}subscribe(e,n){
this.onClose(this.store.subscribe(e,n))}onClose(e){this.#e.push(e)}close(){for(let e of this.#e.splice(0))e()}},
U=class{time=0;seekable=!1;seek=()=>{};#e=new Set;watch(e){this.#e.add(e),e()}moved(e,n){this.time=e,this.seekable=
n;for(let s of this.#e)s()}};function D(t,e,...n){let s=z(t),o=r("div",{class:"nemo-panel-head"},r("h3",{id:s},
e),...n);return r("section",{class:`nemo-panel nemo-${t}`,"aria-labelledby":s},o)}function S(t,e,{path:n,look:s,
props:o}={}){let i=s?` nemo-${s}`:"";return r("button",{type:"button",class:`nemo-button${i}`,onclick:e,...o},
n?T(n):null,r("span",null,t))}function N(t,e,n){return r("button",{type:"button",class:"nemo-icon-button",title:t,
"aria-label":t,onclick:n},T(e))}function Fe({message:t,remedy:e},...n){return r("div",{class:"nemo-alert",role:"\
alert"},r("div",null,r("strong",null,t),e?" ":null,e),...n)}function C(t,e,n=()=>[]){let s=e?`${e.message}
${e.remedy}`:"";t.dataset.fault!==s&&(t.dataset.fault=s,t.replaceChildren(...e?[Fe(e,...n())]:[]))}var H={video:y.
film,image:y.image,audio:y.audio,text:y.text};function K(t){let{store:e,t:n}=t,s=r("input",{type:"file",multiple:!0,class:"nemo-hidden",tabindex:-1,"aria-hi\
dden":"true",onchange:()=>{t.uploads.add([...s.files??[]]),s.value=""}}),o=()=>s.click(),i=r("span",{class:"ne\
mo-count"}),a=S(n.addFiles,o,{path:y.add,look:"quiet"}),l=D("files",n.files,i,a),c=r("p",{class:"nemo-hint"}),
u=r("div",{class:"nemo-dropzone"},T(y.upload),r("p",null,n.dropHere),S(n.chooseFiles,o),c),h=r("ul",{class:"ne\
mo-assets"});l.append(s,u,h);let m=new Map;return t.subscribe(["assets","uploads"],()=>{let d=Ie(e.get("assets"),
e.get("uploads"));B(h,m,d,f=>f.id,({id:f})=>Re(t,f)),w(i,d.length?n.filesCount(d.length):""),u.hidden=d.length>
0,h.hidden=a.hidden=d.length===0}),t.subscribe(["limits"],()=>{let{suffixes:d,max_upload_bytes:f}=e.get("limit\
s");E(s,"accept",d.join(",")||null);let g=d.filter(p=>p!==".jpeg").map(p=>p.slice(1));w(c,d.length?n.formats(g.
join(", "),F(f)):"")}),l}function ae(t,e){let n=r("div",{class:"nemo-drop-overlay",hidden:!0},T(y.upload),t.t.
dropNow);e.append(n);let s=0,o=a=>{s=a===0?0:s+a,n.hidden=s<=0},i=(a,l)=>{let c=u=>{u.dataTransfer?.types.includes(
"Files")&&(u.preventDefault(),u.stopPropagation(),l(u))};e.addEventListener(a,c),t.onClose(()=>e.removeEventListener(
a,c))};i("dragenter",()=>o(1)),i("dragleave",()=>o(-1)),i("dragover",({dataTransfer:a})=>{a&&(a.dropEffect="co\
py")}),i("drop",({dataTransfer:a})=>{o(0),t.uploads.add([...a?.files??[]])})}function Ie(t,e){let n=new Map(t.
map(s=>[s.id,{id:s.id,name:s.name,asset:s}]));for(let s of e)n.set(s.id,{id:s.id,name:s.name,...n.get(s.id),upload:s});
return[...n.values()]}function Re(t,e){let{store:n,t:s}=t,o=r("div",{class:"nemo-thumb"}),i=r("div",{class:"ne\
mo-asset-name"}),a=r("div",{class:"nemo-hint"}),l=r("progress",{max:1}),c=r("div"),u=N("",y.close,()=>{let d=n.
get("uploads").find(f=>f.id===e);d&&t.uploads.cancel(e),(!d||d.state==="failed")&&n.send({kind:"asset-remove",
id:e})}),h=r("li",null,o,r("div",{class:"nemo-asset-body"},i,a,l,c),u);return{row:h,update:({asset:d,upload:f,
name:g})=>{let p=f?.error??d?.error??null,x=!p&&(f?f.state!=="failed":d?.state!=="ready"&&d?.state!=="failed");
Pe(o,_(d?.thumbnail??f?.thumbnail),d?.kind??"other"),w(i,g),i.title=g,w(a,p?F(d?.size??f?.size??0):f?Ne(t,f):_e(
t,d)),l.hidden=!x,l.value=(f?f.done/f.size:d?.done)||0,E(l,"aria-label",g),C(c,p);let M=x?s.cancelFile(g):s.removeFile(
g);E(u,"aria-label",M),E(u,"title",M),h.classList.toggle("nemo-busy",x)}}}function Pe(t,e,n){let s=e??n;t.dataset.
shows!==s&&(t.dataset.shows=s,t.replaceChildren(e?r("img",{src:e,alt:""}):T(H[n]??y.other)))}function Ne({t},{
state:e,done:n,size:s,speed:o}){return e==="queued"?`${t.queued} · ${F(s)}`:e==="stalled"?t.stalled:e==="fini\
shing"?t.finishing:`${F(n)} / ${F(s)}${o?` · ${F(o)}/s`:""}`}function _e({t},e){if(!e)return"";if(e.state==="\
receiving"||e.state==="sending")return`${t[e.state]} ${F(e.size)}`;let{duration:n,width:s,height:o}=e;return[n===
null||e.kind==="image"?null:A(n),s&&o?`${s} × ${o}`:null,e.size?F(e.size):null].filter(Boolean).join(" · ")}var le=/^\s*(?:[-*•]|\d+[.)])\s+(.*)/,De=/`([^`\n]+)`|\*\*(?=\S)(.+?)\*\*|(?<![\w*])\*(?=\S)([^*\n]+?)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)_(?!\w)|\[([^\]\n]+)\]\((https?:\/\/[^\s()<>]+)\)|(https?:\/\/[^\s<>()[\]"'`，。；）]+)/g;
function We(t){let e=[],n=[],s=()=>{n.length&&e.push(n.join(`
`)),n=[]},o=!1;for(let i of t.replaceAll(/\r\n?/g,`
`).split(`
`))i.startsWith("```")?(o||s(),n.push(i),o&&s(),o=!o):o?n.push(i):i.trim()?((i.startsWith("#")||n[0]!==void 0&&
Y(i)!==Y(n[0]))&&s(),n.push(i),i.startsWith("#")&&s()):s();return s(),e}function Y(t){return le.test(t)?/^\s*\d/.
test(t)?"ol":"ul":null}function Be(t){if(t.startsWith("```")){let o=document.createElement("pre");return o.textContent=
t.replace(/^```.*\n?/,"").replace(/\n?```$/,""),o}let e=Y(t);if(e){let o=document.createElement(e);for(let i of t.
split(`
`)){let a=document.createElement("li");Z(a,le.exec(i)?.[1]??i),o.append(a)}return o}let n=/^#+\s+/.exec(t),s=document.
createElement("p");return Z(n?s.appendChild(document.createElement("strong")):s,t.slice(n?.[0].length)),s}function ce(t,e,n){
let s=We(n),o=0;for(;o<e.length&&e[o]===s[o];)o++;for(;t.children.length>o;)t.lastElementChild?.remove();t.append(
...s.slice(o).map(Be)),e.splice(0,e.length,...s)}function Z(t,e){let n=0;for(let s of e.matchAll(De)){t.append(
e.slice(n,s.index)),n=s.index+s[0].length;let[,o,i,a,l,c,u,h]=s,m=o?"code":i?"strong":a||l?"em":"a",d=document.
createElement(m);d instanceof HTMLAnchorElement&&(d.href=u??h??"",d.target="_blank",d.rel="noopener noreferrer"),
i?Z(d,i):d.textContent=o??a??l??c??h??"",t.append(d)}t.append(e.slice(n))}var de=[4e3,8e3,16e3,32e3];function me(t){let{store:e,t:n}=t,s=D("conversation",n.conversation),o=r("div",{class:"\
nemo-log",tabindex:0,role:"region","aria-label":n.conversation}),i=Ve(t),a=n.suggestions.map(h=>S(h,()=>i.suggest(
h),{look:"quiet"})),l=r("div",{class:"nemo-welcome"},r("p",null,n.welcome),...a),c=r("div",{class:"nemo-turns"});
o.append(l,c),s.append(o,i.form);let u=new Map;return t.subscribe(["turns","pendingPrompt"],()=>{let h=e.get("\
pendingPrompt"),m=h?[...e.get("turns"),Oe(h)]:e.get("turns"),d=o.scrollHeight-o.scrollTop-o.clientHeight<40,f=m.
length>u.size;B(c,u,m,g=>g.id,({id:g})=>qe(t,g)),l.hidden=m.length>0,(d||f)&&requestAnimationFrame(()=>o.scrollTo(
0,o.scrollHeight))}),s}function Oe({id:t,text:e}){return{id:t,prompt:e,text:"",state:"running",steps:[],changes:[],
started:0,elapsed:0,error:null}}function He(t,e){let n=z("turn");t.set("pendingPrompt",{id:n,text:e});let s=o=>{
t.get("pendingPrompt")?.id===n&&(t.send({kind:"prompt",id:n,text:e}),o<de.length&&setTimeout(s,de[o],o+1))};s(
0)}function X(t){return t.get("pendingPrompt")!==null||t.get("turns").some(({state:e})=>e==="running")}function ue({
store:t,t:e}){return t.get("link")!=="live"?e.waitForKernel:t.get("backend")?.status==="failed"?e.waitForBackend:
X(t)?e.waitForTurn:t.get("uploads").some(({state:s})=>s!=="failed")||t.get("assets").some(({state:s})=>s==="re\
ceiving"||s==="sending")?e.waitForUploads:null}function Ve(t){let{store:e,t:n}=t,s=z("prompt"),o=z("reason"),i=r(
"textarea",{id:s,rows:2,placeholder:n.promptHint,"aria-describedby":o,onkeydown:p=>{p.key!=="Enter"||!(p.ctrlKey||
p.metaKey)||p.isComposing||(p.preventDefault(),f())},oninput:()=>{h(),m()}}),a=r("p",{class:"nemo-reason",id:o,
role:"status"}),l=r("span",{class:"nemo-hint nemo-keys","aria-hidden":"true"},n.sendKeys(/Mac|iP/.test(navigator.
platform))),c=S(n.send,()=>{},{path:y.send,look:"primary",props:{type:"submit"}}),u=r("form",{class:"nemo-comp\
oser",onsubmit:p=>{p.preventDefault(),f()}},r("label",{for:s},n.promptLabel),i,r("div",{class:"nemo-composer-f\
oot"},a,l,c)),h=()=>{i.style.height="auto",i.style.height=`${Math.min(i.scrollHeight+2,160)}px`},m=(p=!1)=>{let x=ue(
t);E(c,"aria-disabled",x?"true":null),w(a,x??(p?n.emptyPrompt:"")),l.hidden=a.textContent!==""},d=e.get("pendi\
ngPrompt"),f=()=>{let p=i.value.trim(),x=ue(t);!x&&p?(He(e,p),d=e.get("pendingPrompt"),i.value="",h()):x||i.focus(),
m(!x&&!p)};return t.subscribe(["turns","pendingPrompt","uploads","assets","backend","link"],()=>{let p=e.get("\
pendingPrompt");d&&!p&&!e.get("turns").some(({id:M})=>M===d?.id)&&!i.value&&(i.value=d?.text??""),d=p,m()}),{form:u,
suggest:p=>{i.value=p,h(),m(),i.focus()}}}var je=3;function qe(t,e){let{store:n,t:s}=t,o=r("p",{class:"nemo-pr\
ompt"}),i=r("ul",{class:"nemo-steps"}),a=r("summary"),l=r("details",{class:"nemo-steps-box",hidden:!0},a,i),c=r(
"div",{class:"nemo-answer","aria-live":"polite"}),u=r("ul",{class:"nemo-changes"}),h=r("summary"),m=r("details",
{class:"nemo-steps-box",hidden:!0},h,u),d=r("div"),f=r("span",{class:"nemo-hint"}),g=S(s.stop,()=>Ue(n,e),{path:y.
stop,look:"quiet"}),p=r("div",{class:"nemo-turn-foot"},r("span",{class:"nemo-spinner"}),f,g),x=r("article",{class:"\
nemo-turn"},o,l,c,m,d,p),M=[],k,$=performance.now(),L=()=>{if(!k)return;let b=k.state==="running",R=se(k.elapsed+
(b?performance.now()-$:0)),P=k.steps.at(-1)??s.working;w(f,b?`${P} · ${R}`:k.state==="stopped"?`${s.stopped} \
· ${R}`:s.took(R))},I=setInterval(()=>k?.state==="running"&&L(),1e3);return t.onClose(()=>clearInterval(I)),{
row:x,update:b=>{if(b===k)return;b.elapsed!==k?.elapsed&&($=performance.now()),k=b;let R=b.state==="running";w(
o,b.prompt),l.hidden=b.steps.length===0,w(a,s.steps(b.steps.length)),he(i,b.steps),ce(c,M,b.text),m.hidden&&(m.
open=b.changes.length<=je),m.hidden=b.changes.length===0,w(h,s.changes(b.changes.length)),he(u,b.changes,y.check),
C(d,b.error),x.dataset.state=b.state,g.hidden=!R,L()}}}function Ue(t,e){t.send({kind:"stop",id:e}),t.get("pend\
ingPrompt")?.id===e&&t.set("pendingPrompt",null)}function he(t,e,n){for(t.hidden=e.length===0;t.children.length>
e.length;)t.lastElementChild?.remove();for(let[s,o]of e.entries()){let i=t.children[s]??t.appendChild(r("li",null,
n?T(n):null,r("span")));w(i.lastElementChild,o)}}var pe=[4e3,8e3,16e3,32e3];function ge(t){let{store:e,t:n}=t,s=z("reason"),o=S(n.export,()=>fe(t)===null&&Ye(e),
{path:y.film,look:"primary",props:{"aria-describedby":s}}),i=r("a",{class:"nemo-button"},T(y.download),r("span",
null,n.download)),a=r("span",{class:"nemo-reason",id:s}),l=r("span",{class:"nemo-stage-name"}),c=r("output",{class:"\
nemo-percent"}),u=r("progress",{max:1,"aria-label":n.export}),h=S(n.cancel,()=>Ze(e),{look:"quiet"}),m=r("div",
{class:"nemo-export-running"},l,c,u,h),d=r("div"),f=r("div",{class:"nemo-export-bar"},o,i,a,m);return t.subscribe(
["export","pendingExport","draft","turns","pendingPrompt","backend","link","video","transfer"],()=>{let g=e.get(
"export"),p=G(e),x=g?.state==="running"?g.done:0,M=fe(t),k=e.get("video"),$=e.get("transfer")?.url??null;o.hidden=
p,m.hidden=!p,w(o.lastElementChild,k?n.exportAgain:n.export),o.classList.toggle("nemo-primary",!$),E(o,"aria-d\
isabled",M?"true":null),w(l,g?.state==="running"&&g.stage==="downloading"?n.downloading:n.rendering),w(c,`${Math.
floor(x*100)} %`),u.value=x,i.hidden=!$||p,i.classList.toggle("nemo-primary",!!$),E(i,"href",$),E(i,"download",
k?.name||"video.mp4");let L=g?.state==="cancelled"?n.exportCancelled:"";w(a,p?"":M??(L||Ke(k))),C(d,!p&&g?.state===
"failed"?g.error:null)}),r("section",{class:"nemo-export","aria-label":n.export},f,d)}function Ke(t){if(!t)return"";
let{width:e,height:n,duration:s}=t;return[s?A(s):null,e&&n?`${e} × ${n}`:null,F(t.size)].filter(Boolean).join(
" · ")}function G(t){return t.get("pendingExport")!==null||t.get("export")?.state==="running"}function fe({store:t,
t:e}){return t.get("link")!=="live"?e.waitForKernel:t.get("backend")?.status==="failed"?e.waitForBackend:X(t)?
e.waitForTurn:t.get("draft")?.tracks.some(s=>s.segments.length>0)?null:e.noDraft}function Ye(t){let e=z("expor\
t");t.set("pendingExport",e);let n=s=>{t.get("pendingExport")===e&&(t.send({kind:"export",id:e}),s<pe.length&&
setTimeout(n,pe[s],s+1))};n(0)}function Ze(t){let e=t.get("pendingExport")??t.get("export")?.id;e&&t.send({kind:"\
export-cancel",id:e}),t.set("pendingExport",null)}function be(t){let{store:e,t:n}=t,s=r("span",{class:"nemo-mark","aria-hidden":"true"}),o=r("strong"),i=r("span"),
a=r("div",{class:"nemo-badge",role:"status"},r("i",{"aria-hidden":"true"}),o,i),l=S(n.reconnect,()=>e.send({kind:"\
reconnect"})),c=r("div",{class:"nemo-notices"}),u=r("div",{class:"nemo-notices"}),h="";return t.subscribe(["ba\
ckend","link"],()=>{let m=e.get("backend"),d=m?.status??"connecting",f={connecting:n.statusConnecting,ready:n.
statusReady,failed:n.statusFailed};a.dataset.status=d,w(o,m?.label||n.connecting),w(i,m?.label?d==="ready"?m.detail:
f[d]:n.connectingDetail),a.title=m?.label?`${m.label} (${f[d]}): ${m.detail}`:"";let g=e.get("link")==="silent"?
{message:n.silent,remedy:n.silentRemedy}:null,p=d==="failed"?m?.error??{message:n.waitForBackend,remedy:""}:null;
C(c,g??p,()=>g?[]:[l])}),t.subscribe(["notice"],()=>{let m=e.get("notice"),d=JSON.stringify(m);d!==h&&(h="");let f=()=>{
h=d,C(u,null)};h||C(u,m,()=>[N(n.dismiss,y.close,f)])}),r("header",null,r("div",{class:"nemo-title"},s,r("h2",
null,n.product),a),c,u)}function ye(t=document){let e=t.body.dataset.jpThemeLight!==void 0||t.getElementById("jupyter-config-data")!==
null,n=t.documentElement.hasAttribute("theme")||/\bvscode-/.test(t.body.className);return e&&!n?{up:4*1048576,
down:8*1048576}:{up:1048576/2,down:1048576/2}}function Xe(t=document){let e=t.documentElement,{body:n}=t,s=n.dataset.
jpThemeLight;if(s!==void 0)return s==="false"?"dark":"light";let o=[e.getAttribute("theme"),...[e,n].flatMap(i=>[
i.dataset.theme,i.dataset.vscodeThemeKind,...i.classList])];for(let i of o){let a=/^(?:vscode-)?(dark|light|high-contrast-light|high-contrast)(?:-theme)?$/.
exec(i??"");if(a)return a[1]==="dark"||a[1]==="high-contrast"?"dark":"light"}return matchMedia("(prefers-color\
-scheme: dark)").matches?"dark":"light"}function we(t){let e=()=>{t.dataset.theme=Xe()},n=new MutationObserver(
e);n.observe(document.documentElement,{attributes:!0}),n.observe(document.body,{attributes:!0});let s=matchMedia(
"(prefers-color-scheme: dark)");return s.addEventListener("change",e),e(),()=>{n.disconnect(),s.removeEventListener(
"change",e)}}function J(t){let{store:e,t:n}=t,s=r("strong"),o=r("span"),i=r("progress",{max:1,"aria-label":n.loadingVideo}),
a=r("div",{class:"nemo-backdrop"}),l=r("div",{class:"nemo-poster"},T(y.film),s,o,i),c=r("div",{class:"nemo-sta\
ge-alert"}),u=r("section",{class:"nemo-stage","aria-label":n.preview},a,l,c),h=null,m="";return t.onClose(()=>h?.
removeAttribute("src")),t.subscribe(["video"],()=>t.videos.want()),t.subscribe(["video","transfer","draft","as\
sets","export","pendingExport"],()=>{let d=e.get("video"),f=d&&e.get("transfer"),g=(e.get("draft")?.tracks??[]).
some(({segments:v})=>v.length>0),p=f?.url??null;(h?.getAttribute("src")??null)!==p&&(h?.remove(),h=p?Ge(t,p,d?.
name??""):null,h?u.append(h):t.playback.moved(0,!1)),l.hidden=p!==null,i.hidden=!d||!f||f.error!==null,f&&(i.value=
f.done);let[x,M]=G(e)?[n.rendering,""]:g?[n.posterDraft,n.posterDraftHint]:[n.posterEmpty,n.posterEmptyHint];w(
s,d?n.loadingVideo:x),w(o,d?d.name:M);let k=f?.error?.message===""?{message:n.videoFailed,remedy:n.videoFailedRemedy}:
f?.error;C(c,k,()=>[S(n.tryAgain,()=>t.videos.retry())]);let $=d??e.get("draft");u.style.setProperty("--nemo-s\
hape",String(($?.width||16)/($?.height||9)));let L=e.get("assets").map(({thumbnail:v})=>_(v)).find(Boolean),I=L&&
!p?`url("${L}")`:"";I!==m&&(a.style.backgroundImage=I),m=I}),u}function Ge(t,e,n){let{playback:s}=t,o=r("video",
{src:e,controls:!0,playsinline:!0,preload:"auto","aria-label":n}),i=()=>s.moved(o.currentTime*1e3,!0),a=()=>{i(),
!o.paused&&!o.ended&&o.isConnected&&requestAnimationFrame(a)};for(let l of["loadedmetadata","timeupdate","seek\
ing","pause"])o.addEventListener(l,i);return o.addEventListener("play",a),s.seek=l=>{o.currentTime=Math.max(0,
Math.min(l/1e3,o.duration||0)),i()},o}var ve=[1e3,2e3,4e3,8e3],xe={backend:null,language:"en",limits:{max_upload_bytes:500*1024*1024,suffixes:[]},assets:[],
turns:[],draft:null,export:null,video:null,notice:null,link:"waiting",uploads:[],pendingPrompt:null,pendingExport:null,
transfer:null},Je=["backend","language","limits","assets","turns","draft","export","video","notice"],V=class{#e={
...xe};#t=[];#n=new Map;#o=new Set;#l=new Set;#s=null;#i=-1;#a=!1;#h=Number.NEGATIVE_INFINITY;#u=0;#r;#c;constructor(){
this.handle("state",e=>this.#p(e)),this.handle("answer",e=>this.#g(e))}attach(e){return this.#t.push(e),this.#t.
length===1&&(e.on("msg:custom",this.#d),this.#m()),()=>{let n=this.#t.indexOf(e);n<0||(this.#t.splice(n,1),!(n>
0)&&(e.off("msg:custom",this.#d),this.#t[0]?this.#t[0].on("msg:custom",this.#d):clearTimeout(this.#r)))}}#m(){
this.askWhole(),clearTimeout(this.#c),this.#c=setTimeout(()=>{this.#i<0&&this.set("link","silent")},8e3)}handle(e,n){
this.#n.set(e,n)}send(e,n){try{return this.#t[0]?.send(e,void 0,n?[n]:[]),this.#t.length>0}catch{return!1}}get(e){
return this.#e[e]}set(e,n){this.#e[e]=n,this.#l.add(e),this.#s??=Qe(()=>{this.#s=null,this.flush()})}flush(){this.#s?.(),
this.#s=null;let e=this.#l;this.#l=new Set;for(let{keys:n,changed:s}of[...this.#o])if(n.some(o=>e.has(o)))try{
s()}catch(o){reportError(o)}}subscribe(e,n){let s={keys:e,changed:n};return this.#o.add(s),n(),()=>this.#o.delete(
s)}askWhole(){this.#a=!1;let e=Math.max(0,this.#h+500-performance.now());if(clearTimeout(this.#r),e>0){this.#r=
setTimeout(()=>this.askWhole(),e);return}this.#h=performance.now(),this.send({kind:"ready"});let n=ve[Math.min(
this.#u++,ve.length-1)];this.#r=setTimeout(()=>this.askWhole(),n)}#d=(e,n=[])=>{let s=n.map(o=>ArrayBuffer.isView(
o)?new Uint8Array(o.buffer,o.byteOffset,o.byteLength):new Uint8Array(o));this.#n.get(e?.kind)?.(e,s)};#p(e){let{
seq:n,whole:s,patch:o}=e;if(s){if(this.#a&&n<this.#i)return;this.#a=!0,this.#u=0,clearTimeout(this.#r),clearTimeout(
this.#c),this.set("link","live")}else{if(n<=this.#i)return;if(!this.#a||n!==this.#i+1){this.#a&&this.askWhole();
return}}this.#i=n;for(let i of Je)(i in o||s)&&this.#f(i,o);this.#b(s?null:o.notice)}#f(e,n){this.set(e,n[e]??
xe[e])}#b(e){let n=this.get("pendingPrompt");n&&(e||this.get("turns").some(o=>o.id===n.id))&&this.set("pending\
Prompt",null);let s=this.get("pendingExport");s&&(e||this.get("export")?.id===s)&&this.set("pendingExport",null)}#g(e){
if(!this.#a)return;let n=this.get("turns"),s=n.findIndex(c=>c.id===e.turn),o=Number(e.offset),i=n[s];if(!i||o>
i.text.length){this.askWhole();return}let a=String(e.text),l=i.text.slice(0,o)+a+i.text.slice(o+a.length);this.
set("turns",n.with(s,{...i,text:l}))}};function Qe(t){let e=()=>{cancelAnimationFrame(s),clearTimeout(o)},n=()=>{
e(),t()},s=requestAnimationFrame(n),o=setTimeout(n,250);return e}var et=200,ke=new Set(["start","duration","end"]);function Q(t){let{store:e,t:n}=t,s=r("summary"),o=r("div",{class:"\
nemo-table-scroll",tabindex:0,role:"region","aria-label":n.tableCaption}),i=r("details",{class:"nemo-panel nem\
o-table"},s,o),a=null,l=()=>{let c=e.get("draft");i.hidden=!c?.rows.length,w(s,n.table(c?.rows.length??0)),!(!c||
a===c||!i.open&&c.rows.length>et)&&(a=c,o.replaceChildren(tt(n.tableCaption,c.columns,c.rows)))};return i.addEventListener(
"toggle",l),t.subscribe(["draft"],l),i}function tt(t,e,n){let s=e.map((a,l)=>ke.has(a.key)||n.every(c=>typeof(c[l]??
0)=="number")),o=e.map(({label:a},l)=>r("th",{scope:"col",class:s[l]&&"nemo-number"},a)),i=n.map(a=>r("tr",null,
...e.map(({key:l},c)=>r("td",{class:s[c]&&"nemo-number"},nt(l,a[c]??null)))));return r("table",null,r("caption",
{class:"nemo-hidden"},t),r("thead",null,r("tr",null,...o)),r("tbody",null,...i))}function nt(t,e){return e===null?
"–":ke.has(t)&&typeof e=="number"?A(e,3):String(typeof e=="number"?Math.round(e*1e3)/1e3:e)}var st=[100,200,500,1e3,2e3,5e3,1e4,15e3,3e4,6e4,12e4,3e5,6e5,18e5,36e5],ot=64,Me=32;function ee(t){let{store:e,
t:n,playback:s}=t,o=N(n.zoomOut,y.zoomOut,()=>$(k/2)),i=N(n.zoomIn,y.zoomIn,()=>$(k*2)),a=r("div",{class:"nemo\
-zooms"},o,i),l=D("timeline",n.timeline,a),c=r("p",{class:"nemo-hint nemo-timeline-empty"},n.timelineEmpty),u=r(
"p",{class:"nemo-hidden"}),h=r("div",{class:"nemo-lane-heads","aria-hidden":"true"}),m=r("div",{class:"nemo-ru\
ler",role:"slider","aria-label":n.seek,"aria-valuemin":0}),d=r("div",{class:"nemo-lanes","aria-hidden":"true"}),
f=r("div",{class:"nemo-playhead","aria-hidden":"true"}),g=r("div",{class:"nemo-canvas"},m,d,f),p=r("div",{class:"\
nemo-scroller"},g),x=r("div",{class:"nemo-timeline-body"},h,p);l.append(c,u,x);let M=0,k=1,$=v=>{let b=(p.scrollLeft+
p.clientWidth/2)/(g.clientWidth||1);k=Math.max(1,Math.min(Me,v)),g.style.width=`${k*100}%`,p.scrollLeft=b*g.clientWidth-
p.clientWidth/2,E(o,"disabled",k===1),E(i,"disabled",k===Me)};$(1);let L=[];t.subscribe(["draft","assets"],()=>{
let v=e.get("draft"),b=[v,...e.get("assets").map(({thumbnail:P})=>P)];if(L.length===b.length&&b.every((P,Se)=>P===
L[Se]))return;L=b;let R=v?.tracks.some(P=>P.segments.length>0)??!1;M=v?it(v):0,c.hidden=R,x.hidden=a.hidden=!R,
u.textContent=v?.summary??"",rt(t,v,M,h,d),Ee(m,M,g.clientWidth),E(m,"aria-valuemax",Math.round(M/1e3))});let I=new ResizeObserver(
()=>Ee(m,M,g.clientWidth));return I.observe(g),t.onClose(()=>I.disconnect()),s.watch(()=>{let{time:v,seekable:b}=s;
f.hidden=!b,f.style.left=`${M?Math.min(100,v/M*100):0}%`,g.classList.toggle("nemo-seekable",b),E(m,"tabindex",
b?0:null),E(m,"aria-disabled",b?null:"true"),E(m,"aria-valuenow",Math.round(v/1e3)),E(m,"aria-valuetext",A(v))}),
g.addEventListener("click",v=>{let b=g.getBoundingClientRect();s.seekable&&s.seek((v.clientX-b.left)/b.width*M)}),
m.addEventListener("keydown",({key:v})=>{let b={ArrowLeft:-1e3,ArrowRight:1e3,PageUp:-5e3,PageDown:5e3}[v];s.seekable&&
(b?s.seek(s.time+b):v==="Home"?s.seek(0):v==="End"&&s.seek(M))}),l}function it(t){let e=t.duration;for(let{segments:n}of t.
tracks)for(let{start:s,duration:o}of n)e=Math.max(e,s+o);return e}function rt({store:t,t:e},n,s,o,i){let a=new Map;
for(let{name:u,source:h,thumbnail:m}of t.get("assets")){let d=_(m);a.set(u,d),h&&a.set(h,d)}let l={video:e.laneVideo,
audio:e.laneAudio,text:e.laneText},c=n?.tracks??[];o.replaceChildren(...c.map(u=>{let h=u.name||l[u.kind]||u.kind;
return r("div",{title:h},T(H[u.kind]??y.other),r("span",null,h))})),i.replaceChildren(...c.map(u=>{let h=l[u.kind]?
u.kind:"other",m=u.segments.map(d=>at(d,u,s,a));return r("div",{class:`nemo-lane nemo-lane-${h}`},...m)}))}function at(t,e,n,s){
let{start:o,duration:i,label:a}=t,l=`${a}
${A(o,1)} – ${A(o+i,1)}`,c=r("div",{class:"nemo-segment",title:l},r("span",null,a));c.style.left=`${o/n*100}\
%`,c.style.width=`${i/n*100}%`;let u=e.kind==="video"?lt(t,s):null;return u&&(c.classList.add("nemo-pictured"),
c.style.backgroundImage=`url("${u}")`),c}function lt({label:t,source:e},n){let s=ct((e??"").split(/[?#]/)[0]?.
split("/").at(-1)??"");return n.get(e??"")??n.get(s)??n.get(t)}function ct(t){try{return decodeURIComponent(t)}catch{
return t}}function Ee(t,e,n){let s=n?e*ot/n:e,o=st.find(l=>l>=s)??Math.ceil(s/36e5)*36e5,i=`${e}/${o}`;if(t.dataset.
scale===i)return;t.dataset.scale=i;let a=[];for(let l=0;e>0&&l<=e;l+=o){let c=r("span",null,A(l,o<1e3?1:0));c.
style.left=`${l/e*100}%`,l>e-o*.5&&(c.className="nemo-last-tick"),a.push(c)}t.replaceChildren(...a)}var dt=4,ut=3e3,j=class{#e=[];#t;#n;constructor(e,n){this.#t=e,this.#n=n,e.handle("upload-ready",({id:s})=>this.#o(
s)?.ready()),e.handle("upload-ack",({id:s,index:o})=>this.#o(s)?.acknowledge(Number(o))),e.handle("upload-miss\
ing",({id:s,missing:o})=>this.#o(s)?.resend(o)),e.handle("upload-end",({id:s,error:o})=>this.#l(s,o))}add(e){for(let n of e){
let s=new te(this.#t,n,this.#n,()=>this.#s());s.refuse(ht(this.#t,n)),this.#e.push(s)}this.#s()}cancel(e){let n=this.#o(
e);n&&(n.stop(),n.begun&&this.#t.send({kind:"upload-cancel",id:e}),this.#e=this.#e.filter(s=>s!==n),this.#s())}#o(e){
return this.#e.find(n=>n.id===e)}#l(e,n){let s=this.#o(e);s&&(n?s.refuse(n):this.#e=this.#e.filter(o=>o!==s),s.
stop(),this.#s())}#s(){let e=this.#e.find(({state:n})=>n!=="failed");e?.state==="queued"&&e.start(),this.#t.set(
"uploads",this.#e.map(n=>n.view()))}};function ht(t,e){let{max_upload_bytes:n,suffixes:s}=t.get("limits"),o=W(
t.get("language")),i=/\.[^.]*$/.exec(e.name)?.[0].toLowerCase()??"";return s.length&&!s.includes(i)?{message:o.
wrongType,remedy:o.wrongTypeRemedy(s.map(a=>a.slice(1)).join(", "))}:e.size===0?{message:o.emptyFile,remedy:o.
emptyFileRemedy}:e.size>n?{message:o.tooLarge(Math.floor(n/(1024*1024))),remedy:o.tooLargeRemedy}:null}var te=class{id=z(
"file");state="queued";begun=!1;#e=null;#t=null;#n=!1;#o=0;#l=new Set;#s=new Set;#i=new Set;#a=0;#h;#u;#r;#c;#m;#d;constructor(e,n,s,o){
this.#u=e,this.#r=n,this.#c=s,this.#m=Math.ceil(n.size/s),this.#d=o}view(){let e=this.#i.has(this.#m-1)?this.#m*
this.#c-this.#r.size:0,n=this.#i.size*this.#c-e,s=(performance.now()-this.#a)/1e3;return{id:this.id,name:this.#r.
name,size:this.#r.size,thumbnail:this.#t,state:this.state,done:n,speed:this.#a&&s>.3?n/s:0,error:this.#e}}refuse(e){
e&&(this.#e=e,this.state="failed")}async start(){this.state="sending",this.#t=await ie(this.#r),this.state==="\
sending"&&this.#p(),this.#d()}#p(){this.begun=!0,this.#u.send({kind:"upload-begin",id:this.id,name:this.#r.name,
size:this.#r.size,slice_bytes:this.#c,thumbnail:this.#t}),this.#y()}ready(){this.#n||(this.#n=!0,this.#a=performance.
now(),this.#g(),this.#f())}acknowledge(e){e>=0&&e<this.#m&&(this.#l.delete(e),this.#s.delete(e),this.#i.add(e),
this.#g(),this.#f(),this.#d())}resend(e){this.#n=!0;let n=e.length<64?this.#o:Math.max(...e);for(let s=0;s<Math.
min(n,this.#o);s++)this.#i.add(s);for(let s of e)this.#i.delete(s),s<this.#o&&this.#s.add(s);this.#l.clear(),this.#g(),
this.#f(),this.#d()}stop(){clearTimeout(this.#h),this.state!=="failed"&&(this.state="finishing"),this.#n=!1}#f(){
if(this.#n){for(;this.#l.size<dt;){let[e]=this.#s;if(e===void 0&&this.#o>=this.#m)break;let n=e??this.#o++;this.#s.
delete(n),this.#l.add(n),this.#b(n)}this.#i.size===this.#m&&(this.state="finishing")}}async#b(e){let n=e*this.#c;
try{let s=await this.#r.slice(n,n+this.#c).arrayBuffer();this.#n&&this.#u.send({kind:"upload-slice",id:this.id,
index:e},s)}catch{if(!this.#n)return;let s=W(this.#u.get("language"));this.refuse({message:s.unreadable,remedy:s.
unreadableRemedy}),this.stop(),this.#u.send({kind:"upload-cancel",id:this.id}),this.#d()}}#g(){this.state==="s\
talled"&&(this.state="sending"),this.#y()}#y(){clearTimeout(this.#h),this.#h=setTimeout(()=>{this.state==="sen\
ding"&&(this.state="stalled"),this.#n?(this.#u.send({kind:"upload-check",id:this.id}),this.#y()):this.#p(),this.#d()},
ut)}};var q=class{#e=null;#t=new Map;#n=new Set;#o=0;#l=0;#s=null;#i;#a;#h;constructor(e,n){this.#a=e,this.#h=n,e.handle(
"video-slice",({id:s,offset:o},[i])=>{s===this.#e?.id&&i&&this.#m(Number(o),i)}),e.handle("video-failed",({id:s,
error:o})=>{s===this.#e?.id&&!this.#s&&this.#d(o)})}want(){let e=this.#a.get("video");e?.id!==this.#e?.id&&(this.
release(),this.#e=e,e&&this.#u())}retry(){this.#e&&!this.#s&&this.#u()}release(){clearTimeout(this.#i),this.#s&&
URL.revokeObjectURL(this.#s),this.#s=null,this.#e=null,this.#t.clear(),this.#a.set("transfer",null)}#u(){this.#t.
clear(),this.#n.clear(),this.#o=0,this.#l=0,this.#p(null),this.#r()}#r(){let e=this.#e?.size??0;for(;this.#n.size<
2&&this.#o<e;)this.#c(this.#o),this.#o+=this.#h;clearTimeout(this.#i),this.#n.size!==0&&(this.#i=setTimeout(()=>{
for(let n of this.#n)this.#c(n);this.#r()},5e3))}#c(e){if(!this.#e)return;this.#n.add(e);let n=Math.min(this.#h,
this.#e.size-e);this.#a.send({kind:"video-read",id:this.#e.id,offset:e,length:n})}#m(e,n){if(!this.#n.delete(e)||
!this.#e)return;let s=Math.min(e+this.#h,this.#e.size);if(this.#t.set(e,new Blob([n])),this.#l+=n.length,e+n.length<
s){this.#d(null);return}if(this.#l>=this.#e.size){clearTimeout(this.#i);let o=[...this.#t].sort(([i],[a])=>i-a).
map(([,i])=>i);this.#t.clear(),this.#s=URL.createObjectURL(new Blob(o,{type:this.#e.type||"video/mp4"}))}else this.#r();
this.#p(null)}#d(e){clearTimeout(this.#i),this.#n.clear(),this.#t.clear(),this.#p(e??{message:"",remedy:""})}#p(e){
if(!this.#e)return;let n=this.#e.size?this.#l/this.#e.size:0;this.#a.set("transfer",{id:this.#e.id,done:n,url:this.#s,
error:e})}};var ne=new Map,Te=t=>String(t.get("_id")??"");function $e(t){let e=Te(t),n=ne.get(e);if(!n){let s=new V,{up:o,
down:i}=ye();n={store:s,uploads:new j(s,o),videos:new q(s,i)},ne.set(e,n)}return n}function mt({model:t}){let e=$e(
t),n=e.store.attach(t);return()=>{n(),e.videos.release(),ne.delete(Te(t))}}function pt({model:t,el:e}){let n=$e(
t),s=n.store.attach(t),o=r("div",{class:"nemo-editor","data-lm-suppress-shortcuts":"true"});for(let h of["keyd\
own","keypress","keyup","paste","copy","cut"])o.addEventListener(h,m=>m.stopPropagation());e.append(o);let i=we(
o),a=null,l="",c=String(t.get("_part")??"editor"),u=n.store.subscribe(["language"],()=>{let h=n.store.get("lan\
guage");h!==l&&(l=h,a?.close(),a=new O(n.store,n.uploads,n.videos,W(l)),o.lang=l==="zh"?"zh-CN":"en",o.replaceChildren(
ft(a,c)),(c==="editor"||c==="uploader")&&ae(a,o))});return()=>{u(),i(),a?.close(),o.remove(),s()}}function ft(t,e){
if(e==="uploader")return r("div",{class:"nemo-part"},K(t));if(e==="timeline")return r("div",{class:"nemo-part"},
ee(t),Q(t));if(e==="player")return r("div",{class:"nemo-part"},J(t));let n=r("div",{class:"nemo-left"},K(t),me(
t)),s=r("div",{class:"nemo-show"},J(t),ge(t)),o=r("div",{class:"nemo-right"},s,ee(t),Q(t));return r("div",{class:"\
nemo-frame"},be(t),n,o)}var xn={initialize:mt,render:pt};export{xn as default};
