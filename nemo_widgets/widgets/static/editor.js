function r(t,e,...n){let s=document.createElement(t);for(let[i,o]of Object.entries(e??{}))typeof o=="function"?
s.addEventListener(i.slice(2),o):x(s,i,o);return s.append(...n.filter(i=>i!=null&&i!==!1)),s}function x(t,e,n){
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
14ZM16.2 16.2 20 20M8 11h6"};function _(t,e,n,s,i){let o=new Set(n.map(s));for(let[l,{row:c}]of e)o.has(l)||(c.
remove(),e.delete(l));let a=t.firstElementChild;for(let l of n){let c=s(l),h=e.get(c)??i(l);e.set(c,h),h.row===
a?a=a.nextElementSibling:t.insertBefore(h.row,a),h.update(l)}}function A(t){let e=crypto.getRandomValues(new Uint8Array(
9));return`${t}-${Array.from(e,n=>n.toString(16).padStart(2,"0")).join("")}`}var Me={product:"NemoVideo editor",connecting:"Connecting…",connectingDetail:"Waiting for the notebook's ker\
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
Working…",steps:t=>t===1?"1 step":`${t} steps`,changes:"Changes",stop:"Stop",stopped:"Stopped",took:t=>`Took\
 ${t}`,preview:"Preview",posterEmpty:"Your video will appear here",posterEmptyHint:"Add files and say what you\
 want.",posterDraft:"The draft is ready",posterDraftHint:"Export it to watch the video.",rendering:"Rendering \
the video",downloading:"Fetching the video",loadingVideo:"Loading the video…",videoFailed:"The video can't b\
e read.",videoFailedRemedy:"Try again, or export it once more.",tryAgain:"Try again",download:"Download",export:"\
Export video",exportAgain:"Export again",cancel:"Cancel",exportCancelled:"The export was cancelled.",noDraft:"\
There is nothing to export yet: ask for a video first.",timeline:"Timeline",timelineEmpty:"The timeline fills \
as you describe the video.",seek:"Position in the video",zoomIn:"Zoom in",zoomOut:"Zoom out",laneVideo:"Video",
laneAudio:"Audio",laneText:"Text",table:t=>t===1?"Table · 1 row":`Table · ${t} rows`,tableCaption:"The draft\
's segments; times in minutes and seconds",dismiss:"Dismiss"},Ee={product:"NemoVideo 编辑器",connecting:"正在\
连接…",connectingDetail:"正在等待笔记本内核。",silent:"笔记本内核没有响应。",silentRemedy:"\
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
changes:"改动",stop:"停止",stopped:"已停止",took:t=>`用时 ${t}`,preview:"预览",posterEmpty:"视频会显示在这\
里",posterEmptyHint:"添加素材并说明想要什么。",posterDraft:"草稿已就绪",posterDraftHint:"导出后\
即可观看。",rendering:"正在渲染视频",downloading:"正在获取视频",loadingVideo:"正在加载视频…",
videoFailed:"无法读取视频。",videoFailedRemedy:"请重试，或重新导出。",tryAgain:"重试",download:"\
下载",export:"导出视频",exportAgain:"重新导出",cancel:"取消",exportCancelled:"导出已取消。",
noDraft:"还没有可以导出的内容：请先说明想要的视频。",timeline:"时间线",timelineEmpty:"\
描述视频后，时间线会显示在这里。",seek:"视频播放位置",zoomIn:"放大",zoomOut:"缩小",laneVideo:"\
视频",laneAudio:"音频",laneText:"文字",table:t=>`表格 · ${t} 行`,tableCaption:"草稿的片段；时间以分和秒表示",
dismiss:"关闭"},N=t=>t==="zh"?Ee:Me;function $(t,e=0){let n=10**(3-e),s=Math.round(t/n)*n,i=Math.floor(s/6e4),
o=(s%6e4/1e3).toFixed(e).padStart(e?3+e:2,"0");return`${i}:${o}`}function ee(t){return t>=6e4?`${$(t)} min`:`${(t/
1e3).toFixed(t<1e4?1:0)} s`}function L(t){if(t<1e3)return`${t} B`;if(t<1024*1e3)return`${Math.round(t/1024)} k\
B`;let e=t/(1024*1024);return`${e.toFixed(e<10&&!Number.isInteger(e)?1:0)} MB`}async function ne(t){let e=new Promise(s=>setTimeout(s,1500,null)),n=t.type.startsWith("image/")?Te(t):t.type.
startsWith("video/")?Ce(t):null;return Promise.race([e,n]).catch(()=>null)}async function Te(t){let e=await createImageBitmap(
t,{resizeWidth:160,resizeQuality:"medium"}),n=se(e,e.width,e.height);return e.close(),n}async function Ce(t){let e=URL.
createObjectURL(t),n=document.createElement("video");try{return n.muted=!0,n.preload="auto",n.src=e,await te(n,
"loadeddata"),n.currentTime=Math.min(1,n.duration/3||0),await te(n,"seeked"),se(n,n.videoWidth,n.videoHeight)}finally{
n.removeAttribute("src"),URL.revokeObjectURL(e)}}function te(t,e){return new Promise((n,s)=>{t.addEventListener(
e,n,{once:!0}),t.addEventListener("error",s,{once:!0}),setTimeout(s,1500)})}function se(t,e,n){let s=document.
createElement("canvas");s.width=160,s.height=Math.max(1,Math.min(320,Math.round(160*n/e)));let i=s.getContext(
"2d");if(!i)return null;i.fillStyle="#fff",i.fillRect(0,0,s.width,s.height),i.drawImage(t,0,0,s.width,s.height);
for(let o of[.75,.5,.3]){let a=s.toDataURL("image/jpeg",o);if(a.startsWith("data:image/jpeg")&&a.length<=12288)
return a}return null}function I(t){return typeof t=="string"&&/^data:image\/(?:jpeg|png|webp|gif);base64,[A-Za-z0-9+/=]+$/.
test(t)?t:null}var B=class{playback=new q;#e=[];constructor(e,n,s,i){this.store=e,this.uploads=n,this.videos=s,this.t=i}subscribe(e,n){
this.onClose(this.store.subscribe(e,n))}onClose(e){this.#e.push(e)}close(){for(let e of this.#e.splice(0))e()}},
q=class{time=0;seekable=!1;seek=()=>{};#e=new Set;watch(e){this.#e.add(e),e()}moved(e,n){this.time=e,this.seekable=
n;for(let s of this.#e)s()}};function R(t,e,...n){let s=A(t),i=r("div",{class:"nemo-panel-head"},r("h3",{id:s},
e),...n);return r("section",{class:`nemo-panel nemo-${t}`,"aria-labelledby":s},i)}function C(t,e,{path:n,look:s,
props:i}={}){let o=s?` nemo-${s}`:"";return r("button",{type:"button",class:`nemo-button${o}`,onclick:e,...i},
n?T(n):null,r("span",null,t))}function F(t,e,n){return r("button",{type:"button",class:"nemo-icon-button",title:t,
"aria-label":t,onclick:n},T(e))}function $e({message:t,remedy:e},...n){return r("div",{class:"nemo-alert",role:"\
alert"},r("div",null,r("strong",null,t),e?" ":null,e),...n)}function S(t,e,n=()=>[]){let s=e?`${e.message}
${e.remedy}`:"";t.dataset.fault!==s&&(t.dataset.fault=s,t.replaceChildren(...e?[$e(e,...n())]:[]))}var D={video:y.
film,image:y.image,audio:y.audio,text:y.text};function U(t){let{store:e,t:n}=t,s=r("input",{type:"file",multiple:!0,class:"nemo-hidden",tabindex:-1,"aria-hi\
dden":"true",onchange:()=>{t.uploads.add([...s.files??[]]),s.value=""}}),i=()=>s.click(),o=r("span",{class:"ne\
mo-count"}),a=C(n.addFiles,i,{path:y.add,look:"quiet"}),l=R("files",n.files,o,a),c=r("p",{class:"nemo-hint"}),
h=r("div",{class:"nemo-dropzone"},T(y.upload),r("p",null,n.dropHere),C(n.chooseFiles,i),c),p=r("ul",{class:"ne\
mo-assets"});l.append(s,h,p);let m=new Map;return t.subscribe(["assets","uploads"],()=>{let d=Se(e.get("assets"),
e.get("uploads"));_(p,m,d,f=>f.id,({id:f})=>Ae(t,f)),w(o,d.length?n.filesCount(d.length):""),h.hidden=d.length>
0,p.hidden=a.hidden=d.length===0}),t.subscribe(["limits"],()=>{let{suffixes:d,max_upload_bytes:f}=e.get("limit\
s");x(s,"accept",d.join(",")||null);let u=d.filter(b=>b!==".jpeg").map(b=>b.slice(1));w(c,d.length?n.formats(u.
join(", "),L(f)):"")}),l}function ie(t,e){let n=r("div",{class:"nemo-drop-overlay",hidden:!0},T(y.upload),t.t.
dropNow);e.append(n);let s=0,i=a=>{s=a===0?0:s+a,n.hidden=s<=0},o=(a,l)=>{let c=h=>{h.dataTransfer?.types.includes(
"Files")&&(h.preventDefault(),h.stopPropagation(),l(h))};e.addEventListener(a,c),t.onClose(()=>e.removeEventListener(
a,c))};o("dragenter",()=>i(1)),o("dragleave",()=>i(-1)),o("dragover",({dataTransfer:a})=>{a&&(a.dropEffect="co\
py")}),o("drop",({dataTransfer:a})=>{i(0),t.uploads.add([...a?.files??[]])})}function Se(t,e){let n=new Map(t.
map(s=>[s.id,{id:s.id,name:s.name,asset:s}]));for(let s of e)n.set(s.id,{id:s.id,name:s.name,...n.get(s.id),upload:s});
return[...n.values()]}function Ae(t,e){let{store:n,t:s}=t,i=r("div",{class:"nemo-thumb"}),o=r("div",{class:"ne\
mo-asset-name"}),a=r("div",{class:"nemo-hint"}),l=r("progress",{max:1}),c=r("div"),h=F("",y.close,()=>{let d=n.
get("uploads").find(f=>f.id===e);d&&t.uploads.cancel(e),(!d||d.state==="failed")&&n.send({kind:"asset-remove",
id:e})}),p=r("li",null,i,r("div",{class:"nemo-asset-body"},o,a,l,c),h);return{row:p,update:({asset:d,upload:f,
name:u})=>{let b=f?.error??d?.error??null,v=!b&&(f?f.state!=="failed":d?.state!=="ready"&&d?.state!=="failed");
Le(i,I(d?.thumbnail??f?.thumbnail),d?.kind??"other"),w(o,u),o.title=u,w(a,b?L(d?.size??f?.size??0):f?ze(t,f):Fe(
t,d)),l.hidden=!v,l.value=(f?f.done/f.size:d?.done)||0,x(l,"aria-label",u),S(c,b);let k=v?s.cancelFile(u):s.removeFile(
u);x(h,"aria-label",k),x(h,"title",k),p.classList.toggle("nemo-busy",v)}}}function Le(t,e,n){let s=e??n;t.dataset.
shows!==s&&(t.dataset.shows=s,t.replaceChildren(e?r("img",{src:e,alt:""}):T(D[n]??y.other)))}function ze({t},{
state:e,done:n,size:s,speed:i}){return e==="queued"?`${t.queued} · ${L(s)}`:e==="stalled"?t.stalled:e==="fini\
shing"?t.finishing:`${L(n)} / ${L(s)}${i?` · ${L(i)}/s`:""}`}function Fe({t},e){if(!e)return"";if(e.state==="\
receiving"||e.state==="sending")return`${t[e.state]} ${L(e.size)}`;let{duration:n,width:s,height:i}=e;return[n===
null||e.kind==="image"?null:$(n),s&&i?`${s} × ${i}`:null,e.size?L(e.size):null].filter(Boolean).join(" · ")}var W=/^\s*(?:[-*•]|\d+[.)])\s+(.*)$/,Ie=/`([^`\n]+)`|\*\*(?=\S)(.+?)\*\*|(?<![\w*])\*(?=\S)([^*\n]+?)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)_(?!\w)|\[([^\]\n]+)\]\((https?:\/\/[^\s()<>]+)\)|(https?:\/\/[^\s<>()[\]"'`，。；）]+)/g;
function Re(t){let e=[],n=[],s=()=>{n.length&&e.push(n.join(`
`)),n=[]},i=!1;for(let o of t.replaceAll(/\r\n?/g,`
`).split(`
`))if(o.startsWith("```"))i||s(),n.push(o),i&&s(),i=!i;else if(i)n.push(o);else if(!o.trim())s();else{let a=W.
test(o);(o.startsWith("#")||n[0]!==void 0&&a!==W.test(n[0]))&&s(),n.push(o),o.startsWith("#")&&s()}return s(),
e}function Pe(t){if(t.startsWith("```")){let s=document.createElement("pre");return s.textContent=t.replace(/^```.*\n?/,
"").replace(/\n?```$/,""),s}if(W.test(t)){let s=document.createElement(/^\s*\d/.test(t)?"ol":"ul");for(let i of t.
split(`
`)){let o=document.createElement("li");K(o,W.exec(i)?.[1]??i),s.append(o)}return s}let e=/^#+\s+/.exec(t),n=document.
createElement("p");return K(e?n.appendChild(document.createElement("strong")):n,t.slice(e?.[0].length)),n}function oe(t,e,n){
let s=Re(n),i=0;for(;i<e.length&&e[i]===s[i];)i++;for(;t.children.length>i;)t.lastElementChild?.remove();t.append(
...s.slice(i).map(Pe)),e.splice(0,e.length,...s)}function K(t,e){let n=0;for(let s of e.matchAll(Ie)){t.append(
e.slice(n,s.index)),n=s.index+s[0].length;let[,i,o,a,l,c,h,p]=s,m=i?"code":o?"strong":a||l?"em":"a",d=document.
createElement(m);d instanceof HTMLAnchorElement&&(d.href=h??p??"",d.target="_blank",d.rel="noopener noreferrer"),
o?K(d,o):d.textContent=i??a??l??c??p??"",t.append(d)}t.append(e.slice(n))}var re=[4e3,8e3,16e3,32e3];function ce(t){let{store:e,t:n}=t,s=R("conversation",n.conversation),i=r("div",{class:"\
nemo-log",tabindex:0,role:"log","aria-label":n.conversation}),o=Be(t),a=n.suggestions.map(p=>C(p,()=>o.suggest(
p),{look:"quiet"})),l=r("div",{class:"nemo-welcome"},r("p",null,n.welcome),...a),c=r("div",{class:"nemo-turns"});
i.append(l,c),s.append(i,o.form);let h=new Map;return t.subscribe(["turns","pendingPrompt"],()=>{let p=e.get("\
pendingPrompt"),m=p?[...e.get("turns"),Ne(p)]:e.get("turns"),d=i.scrollHeight-i.scrollTop-i.clientHeight<40,f=m.
length>h.size;_(c,h,m,u=>u.id,({id:u})=>De(t,u)),l.hidden=m.length>0,(d||f)&&(i.scrollTop=i.scrollHeight)}),s}
function Ne({id:t,text:e}){return{id:t,prompt:e,text:"",state:"running",steps:[],changes:[],started:0,elapsed:0,
error:null}}function _e(t,e){let n=A("turn");t.set("pendingPrompt",{id:n,text:e});let s=i=>{t.get("pendingProm\
pt")?.id===n&&(t.send({kind:"prompt",id:n,text:e}),i<re.length&&setTimeout(s,re[i],i+1))};s(0)}function Y(t){return t.
get("pendingPrompt")!==null||t.get("turns").some(({state:e})=>e==="running")}function ae({store:t,t:e}){return t.
get("link")!=="live"?e.waitForKernel:t.get("backend")?.status==="failed"?e.waitForBackend:Y(t)?e.waitForTurn:t.
get("uploads").some(({state:s})=>s!=="failed")||t.get("assets").some(({state:s})=>s==="receiving"||s==="sendin\
g")?e.waitForUploads:null}function Be(t){let{store:e,t:n}=t,s=A("prompt"),i=A("reason"),o=r("textarea",{id:s,rows:2,
placeholder:n.promptHint,"aria-describedby":i,onkeydown:u=>{u.key!=="Enter"||!(u.ctrlKey||u.metaKey)||u.isComposing||
(u.preventDefault(),d())},oninput:()=>{p(),m()}}),a=r("p",{class:"nemo-reason",id:i,role:"status"}),l=r("span",
{class:"nemo-hint nemo-keys","aria-hidden":"true"},n.sendKeys(/Mac|iP/.test(navigator.platform))),c=C(n.send,()=>{},
{path:y.send,look:"primary",props:{type:"submit"}}),h=r("form",{class:"nemo-composer",onsubmit:u=>{u.preventDefault(),
d()}},r("label",{for:s},n.promptLabel),o,r("div",{class:"nemo-composer-foot"},a,l,c)),p=()=>{o.style.height="a\
uto",o.style.height=`${Math.min(o.scrollHeight+2,160)}px`},m=(u=!1)=>{let b=ae(t);x(c,"aria-disabled",b?"true":
null),w(a,b??(u?n.emptyPrompt:"")),l.hidden=a.textContent!==""},d=()=>{let u=o.value.trim(),b=ae(t);!b&&u?(_e(
e,u),o.value="",p()):b||o.focus(),m(!b&&!u)};return t.subscribe(["turns","pendingPrompt","uploads","assets","b\
ackend","link"],()=>m()),{form:h,suggest:u=>{o.value=u,p(),m(),o.focus()}}}function De(t,e){let{store:n,t:s}=t,
i=r("p",{class:"nemo-prompt"}),o=r("ul",{class:"nemo-steps"}),a=r("summary"),l=r("details",{class:"nemo-steps-\
box",hidden:!0},a,o),c=r("div",{class:"nemo-answer","aria-live":"polite"}),h=r("ul",{class:"nemo-changes","ari\
a-label":s.changes}),p=r("div"),m=r("span",{class:"nemo-hint"}),d=C(s.stop,()=>We(n,e),{path:y.stop,look:"quie\
t"}),f=r("div",{class:"nemo-turn-foot"},r("span",{class:"nemo-spinner"}),m,d),u=r("article",{class:"nemo-turn"},
i,l,c,h,p,f),b=[],v,k=performance.now(),E=()=>{if(!v)return;let g=v.state==="running",M=ee(v.elapsed+(g?performance.
now()-k:0)),j=v.steps.at(-1)??s.working;w(m,g?`${j} · ${M}`:v.state==="stopped"?`${s.stopped} · ${M}`:s.took(
M))},z=setInterval(()=>v?.state==="running"&&E(),1e3);return t.onClose(()=>clearInterval(z)),{row:u,update:g=>{
if(g===v)return;g.elapsed!==v?.elapsed&&(k=performance.now()),v=g;let M=g.state==="running";w(i,g.prompt),l.hidden=
g.steps.length===0,w(a,s.steps(g.steps.length)),le(o,g.steps),oe(c,b,g.text),le(h,g.changes,y.check),S(p,g.error),
u.dataset.state=g.state,d.hidden=!M,E()}}}function We(t,e){t.send({kind:"stop",id:e}),t.get("pendingPrompt")?.
id===e&&t.set("pendingPrompt",null)}function le(t,e,n){for(t.hidden=e.length===0;t.children.length>e.length;)t.
lastElementChild?.remove();for(let[s,i]of e.entries()){let o=t.children[s]??t.appendChild(r("li",null,n?T(n):null,
r("span")));w(o.lastElementChild,i)}}var de=[4e3,8e3,16e3,32e3];function he(t){let{store:e,t:n}=t,s=A("reason"),i=C(n.export,()=>ue(t)===null&&Ve(e),
{path:y.film,look:"primary",props:{"aria-describedby":s}}),o=r("a",{class:"nemo-button"},T(y.download),r("span",
null,n.download)),a=r("span",{class:"nemo-reason",id:s}),l=r("span",{class:"nemo-stage-name"}),c=r("output",{class:"\
nemo-percent"}),h=r("progress",{max:1,"aria-label":n.export}),p=C(n.cancel,()=>je(e),{look:"quiet"}),m=r("div",
{class:"nemo-export-running"},l,c,h,p),d=r("div"),f=r("div",{class:"nemo-export-bar"},i,o,a,m);return t.subscribe(
["export","pendingExport","draft","turns","pendingPrompt","backend","link","video","transfer"],()=>{let u=e.get(
"export"),b=He(e),v=u?.state==="running"?u.done:0,k=ue(t),E=e.get("video"),z=e.get("transfer")?.url??null;i.hidden=
b,m.hidden=!b,w(i.lastElementChild,E?n.exportAgain:n.export),i.classList.toggle("nemo-primary",!z),x(i,"aria-d\
isabled",k?"true":null),w(l,u?.state==="running"&&u.stage==="downloading"?n.downloading:n.rendering),w(c,`${Math.
floor(v*100)} %`),h.value=v,o.hidden=!z||b,o.classList.toggle("nemo-primary",!!z),x(o,"href",z),x(o,"download",
E?.name||"video.mp4");let P=u?.state==="cancelled"?n.exportCancelled:"";w(a,b?"":k??(P||Oe(E))),S(d,!b&&u?.state===
"failed"?u.error:null)}),r("section",{class:"nemo-export","aria-label":n.export},f,d)}function Oe(t){if(!t)return"";
let{width:e,height:n,duration:s}=t;return[s?$(s):null,e&&n?`${e} × ${n}`:null,L(t.size)].filter(Boolean).join(
" · ")}function He(t){return t.get("pendingExport")!==null||t.get("export")?.state==="running"}function ue({store:t,
t:e}){return t.get("link")!=="live"?e.waitForKernel:t.get("backend")?.status==="failed"?e.waitForBackend:Y(t)?
e.waitForTurn:t.get("draft")?.tracks.some(s=>s.segments.length>0)?null:e.noDraft}function Ve(t){let e=A("expor\
t");t.set("pendingExport",e);let n=s=>{t.get("pendingExport")===e&&(t.send({kind:"export",id:e}),s<de.length&&
setTimeout(n,de[s],s+1))};n(0)}function je(t){let e=t.get("pendingExport")??t.get("export")?.id;e&&t.send({kind:"\
export-cancel",id:e}),t.set("pendingExport",null)}function me(t){let{store:e,t:n}=t,s=r("span",{class:"nemo-mark","aria-hidden":"true"}),i=r("strong"),o=r("span"),
a=r("div",{class:"nemo-badge",role:"status"},r("i",{"aria-hidden":"true"}),i,o),l=C(n.reconnect,()=>e.send({kind:"\
reconnect"})),c=r("div",{class:"nemo-notices"}),h=r("div",{class:"nemo-notices"}),p="";return t.subscribe(["ba\
ckend","link"],()=>{let m=e.get("backend"),d=m?.status??"connecting",f={connecting:n.statusConnecting,ready:n.
statusReady,failed:n.statusFailed};a.dataset.status=d,w(i,m?.label??n.connecting),w(o,m?d==="ready"?m.detail:f[d]:
n.connectingDetail),a.title=m?`${m.label} (${f[d]}): ${m.detail}`:"";let u=e.get("link")==="silent"?{message:n.
silent,remedy:n.silentRemedy}:null,b=d==="failed"?m?.error??{message:n.waitForBackend,remedy:""}:null;S(c,u??b,
()=>u?[]:[l])}),t.subscribe(["notice"],()=>{let m=e.get("notice"),d=JSON.stringify(m);d!==p&&(p="");let f=()=>{
p=d,S(h,null)};p||S(h,m,()=>[F(n.dismiss,y.close,f)])}),r("header",null,r("div",{class:"nemo-title"},s,r("h2",
null,n.product),a),c,h)}function pe(t=document){let e=t.body.dataset.jpThemeLight!==void 0||t.getElementById("jupyter-config-data")!==
null,n=t.documentElement.hasAttribute("theme")||/\bvscode-/.test(t.body.className);return e&&!n?{up:4*1048576,
down:8*1048576}:{up:1048576/2,down:1048576/2}}function qe(t=document){let e=t.documentElement,{body:n}=t,s=n.dataset.
jpThemeLight;if(s!==void 0)return s==="false"?"dark":"light";let i=[e.getAttribute("theme"),...[e,n].flatMap(o=>[
o.dataset.theme,o.dataset.vscodeThemeKind,...o.classList])];for(let o of i){let a=/^(?:vscode-)?(dark|light|high-contrast-light|high-contrast)(?:-theme)?$/.
exec(o??"");if(a)return a[1]==="dark"||a[1]==="high-contrast"?"dark":"light"}return matchMedia("(prefers-color\
-scheme: dark)").matches?"dark":"light"}function fe(t){let e=()=>{t.dataset.theme=qe()},n=new MutationObserver(
e);n.observe(document.documentElement,{attributes:!0}),n.observe(document.body,{attributes:!0});let s=matchMedia(
"(prefers-color-scheme: dark)");return s.addEventListener("change",e),e(),()=>{n.disconnect(),s.removeEventListener(
"change",e)}}function Z(t){let{store:e,t:n}=t,s=r("strong"),i=r("span"),o=r("progress",{max:1,"aria-label":n.loadingVideo}),
a=r("div",{class:"nemo-backdrop"}),l=r("div",{class:"nemo-poster"},T(y.film),s,i,o),c=r("div",{class:"nemo-sta\
ge-alert"}),h=r("section",{class:"nemo-stage","aria-label":n.preview},a,l,c),p=null;return t.onClose(()=>p?.removeAttribute(
"src")),t.subscribe(["video"],()=>t.videos.want()),t.subscribe(["video","transfer","draft","assets"],()=>{let m=e.
get("video"),d=m&&e.get("transfer"),f=(e.get("draft")?.tracks??[]).some(({segments:E})=>E.length>0),u=d?.url??
null;(p?.getAttribute("src")??null)!==u&&(p?.remove(),p=u?Ue(t,u,m?.name??""):null,p?h.append(p):t.playback.moved(
0,!1)),l.hidden=u!==null,o.hidden=!m||!d||d.error!==null,d&&(o.value=d.done),w(s,m?n.loadingVideo:f?n.posterDraft:
n.posterEmpty),w(i,m?m.name:f?n.posterDraftHint:n.posterEmptyHint);let b=d?.error?.message===""?{message:n.videoFailed,
remedy:n.videoFailedRemedy}:d?.error;S(c,b,()=>[C(n.tryAgain,()=>t.videos.retry())]);let v=m??e.get("draft");h.
style.setProperty("--nemo-shape",String((v?.width||16)/(v?.height||9)));let k=e.get("assets").map(({thumbnail:E})=>I(
E)).find(Boolean);a.style.backgroundImage=k&&!u?`url("${k}")`:"",x(h,"data-pictured",!!k&&!u)}),h}function Ue(t,e,n){
let{playback:s}=t,i=r("video",{src:e,controls:!0,playsinline:!0,preload:"auto","aria-label":n}),o=()=>s.moved(
i.currentTime*1e3,!0),a=()=>{o(),!i.paused&&!i.ended&&i.isConnected&&requestAnimationFrame(a)};for(let l of["l\
oadedmetadata","timeupdate","seeking","pause"])i.addEventListener(l,o);return i.addEventListener("play",a),s.seek=
l=>{i.currentTime=Math.max(0,Math.min(l/1e3,i.duration||0)),o()},i}var ge=[1e3,2e3,4e3,8e3],be={backend:null,language:"en",limits:{max_upload_bytes:500*1024*1024,suffixes:[]},assets:[],
turns:[],draft:null,export:null,video:null,notice:null,link:"waiting",uploads:[],pendingPrompt:null,pendingExport:null,
transfer:null},Ke=["backend","language","limits","assets","turns","draft","export","video","notice"],O=class{#e={
...be};#t=[];#n=new Map;#i=new Set;#l=new Set;#s=null;#o=-1;#a=!1;#h=Number.NEGATIVE_INFINITY;#d=0;#r;#c;constructor(){
this.handle("state",e=>this.#p(e)),this.handle("answer",e=>this.#g(e))}attach(e){return this.#t.push(e),this.#t.
length===1&&this.#m(e),()=>{let n=this.#t.indexOf(e);n<0||(this.#t.splice(n,1),!(n>0)&&(e.off("msg:custom",this.#u),
this.#t[0]?this.#m(this.#t[0]):clearTimeout(this.#r)))}}#m(e){e.on("msg:custom",this.#u),this.askWhole(),clearTimeout(
this.#c),this.#c=setTimeout(()=>{this.#o<0&&this.set("link","silent")},8e3)}handle(e,n){this.#n.set(e,n)}send(e,n){
try{return this.#t[0]?.send(e,void 0,n?[n]:[]),this.#t.length>0}catch{return!1}}get(e){return this.#e[e]}set(e,n){
this.#e[e]=n,this.#l.add(e),this.#s??=Ye(()=>{this.#s=null,this.flush()})}flush(){this.#s?.(),this.#s=null;let e=this.#l;
this.#l=new Set;for(let{keys:n,changed:s}of[...this.#i])n.some(i=>e.has(i))&&s()}subscribe(e,n){let s={keys:e,
changed:n};return this.#i.add(s),n(),()=>this.#i.delete(s)}askWhole(){this.#a=!1;let e=Math.max(0,this.#h+500-
performance.now());if(clearTimeout(this.#r),e>0){this.#r=setTimeout(()=>this.askWhole(),e);return}this.#h=performance.
now(),this.send({kind:"ready"});let n=ge[Math.min(this.#d++,ge.length-1)];this.#r=setTimeout(()=>this.askWhole(),
n)}#u=(e,n=[])=>{let s=n.map(i=>ArrayBuffer.isView(i)?new Uint8Array(i.buffer,i.byteOffset,i.byteLength):new Uint8Array(
i));this.#n.get(e?.kind)?.(e,s)};#p(e){let{seq:n,whole:s,patch:i}=e;if(s){if(this.#a&&n<this.#o)return;this.#a=
!0,this.#d=0,clearTimeout(this.#r),clearTimeout(this.#c),this.set("link","live")}else{if(n<=this.#o)return;if(!this.#a||
n!==this.#o+1){this.#a&&this.askWhole();return}}this.#o=n;for(let o of Ke)(o in i||s)&&this.#f(o,i);this.#b(s?
null:i.notice)}#f(e,n){this.set(e,n[e]??be[e])}#b(e){let n=this.get("pendingPrompt");n&&(e||this.get("turns").
some(i=>i.id===n.id))&&this.set("pendingPrompt",null);let s=this.get("pendingExport");s&&(e||this.get("export")?.
id===s)&&this.set("pendingExport",null)}#g(e){if(!this.#a)return;let n=this.get("turns"),s=n.findIndex(c=>c.id===
e.turn),i=Number(e.offset),o=n[s];if(!o||i>o.text.length){this.askWhole();return}let a=String(e.text),l=o.text.
slice(0,i)+a+o.text.slice(i+a.length);this.set("turns",n.with(s,{...o,text:l}))}};function Ye(t){let e=()=>{cancelAnimationFrame(
s),clearTimeout(i)},n=()=>{e(),t()},s=requestAnimationFrame(n),i=setTimeout(n,250);return e}var ye=new Set(["start","duration","end"]);function X(t){let{store:e,t:n}=t,s=r("summary"),i=r("div",{class:"n\
emo-table-scroll",tabindex:0,role:"region","aria-label":n.tableCaption}),o=r("details",{class:"nemo-panel nemo\
-table"},s,i),a=null,l=()=>{let c=e.get("draft");o.hidden=!c?.rows.length,w(s,n.table(c?.rows.length??0)),!(!c||
!o.open||a===c)&&(a=c,i.replaceChildren(Ze(n.tableCaption,c.columns,c.rows)))};return o.addEventListener("togg\
le",l),t.subscribe(["draft"],l),o}function Ze(t,e,n){let s=e.map((a,l)=>ye.has(a.key)||n.every(c=>typeof(c[l]??
0)=="number")),i=e.map(({label:a},l)=>r("th",{scope:"col",class:s[l]&&"nemo-number"},a)),o=n.map(a=>r("tr",null,
...e.map(({key:l},c)=>r("td",{class:s[c]&&"nemo-number"},Xe(l,a[c]??null)))));return r("table",null,r("caption",
{class:"nemo-hidden"},t),r("thead",null,r("tr",null,...i)),r("tbody",null,...o))}function Xe(t,e){return e===null?
"–":ye.has(t)&&typeof e=="number"?$(e,3):String(typeof e=="number"?Math.round(e*1e3)/1e3:e)}var Ge=[100,200,500,1e3,2e3,5e3,1e4,15e3,3e4,6e4,12e4,3e5,6e5,18e5,36e5],Je=64,we=32;function G(t){let{store:e,
t:n,playback:s}=t,i=F(n.zoomOut,y.zoomOut,()=>z(E/2)),o=F(n.zoomIn,y.zoomIn,()=>z(E*2)),a=r("div",{class:"nemo\
-zooms"},i,o),l=R("timeline",n.timeline,a),c=r("p",{class:"nemo-hint nemo-timeline-empty"},n.timelineEmpty),h=r(
"p",{class:"nemo-hidden"}),p=r("div",{class:"nemo-lane-heads","aria-hidden":"true"}),m=r("div",{class:"nemo-ru\
ler",role:"slider","aria-label":n.seek,"aria-valuemin":0}),d=r("div",{class:"nemo-lanes","aria-hidden":"true"}),
f=r("div",{class:"nemo-playhead","aria-hidden":"true"}),u=r("div",{class:"nemo-canvas"},m,d,f),b=r("div",{class:"\
nemo-scroller"},u),v=r("div",{class:"nemo-timeline-body"},p,b);l.append(c,h,v);let k=0,E=1,z=g=>{let M=(b.scrollLeft+
b.clientWidth/2)/(u.clientWidth||1);E=Math.max(1,Math.min(we,g)),u.style.width=`${E*100}%`,b.scrollLeft=M*u.clientWidth-
b.clientWidth/2,x(i,"disabled",E===1),x(o,"disabled",E===we)};z(1),t.subscribe(["draft","assets"],()=>{let g=e.
get("draft"),M=g?.tracks.some(j=>j.segments.length>0)??!1;k=g?Qe(g):0,c.hidden=M,v.hidden=a.hidden=!M,h.textContent=
g?.summary??"",et(t,g,k,p,d),ve(m,k,u.clientWidth),x(m,"aria-valuemax",Math.round(k/1e3))});let P=new ResizeObserver(
()=>ve(m,k,u.clientWidth));return P.observe(u),t.onClose(()=>P.disconnect()),s.watch(()=>{let{time:g,seekable:M}=s;
f.hidden=!M,f.style.left=`${k?Math.min(100,g/k*100):0}%`,u.classList.toggle("nemo-seekable",M),x(m,"tabindex",
M?0:null),x(m,"aria-disabled",M?null:"true"),x(m,"aria-valuenow",Math.round(g/1e3)),x(m,"aria-valuetext",$(g))}),
u.addEventListener("click",g=>{let M=u.getBoundingClientRect();s.seekable&&s.seek((g.clientX-M.left)/M.width*k)}),
m.addEventListener("keydown",({key:g})=>{let M={ArrowLeft:-1e3,ArrowRight:1e3,PageUp:-5e3,PageDown:5e3}[g];s.seekable&&
(M?s.seek(s.time+M):g==="Home"?s.seek(0):g==="End"&&s.seek(k))}),l}function Qe(t){let e=t.duration;for(let{segments:n}of t.
tracks)for(let{start:s,duration:i}of n)e=Math.max(e,s+i);return e}function et({store:t,t:e},n,s,i,o){let a=new Map(
t.get("assets").map(({name:h,thumbnail:p})=>[h,I(p)])),l={video:e.laneVideo,audio:e.laneAudio,text:e.laneText},
c=n?.tracks??[];i.replaceChildren(...c.map(h=>{let p=h.name||l[h.kind]||h.kind;return r("div",{title:p},T(D[h.
kind]??y.other),r("span",null,p))})),o.replaceChildren(...c.map(h=>{let p=l[h.kind]?h.kind:"other",m=h.segments.
map(d=>tt(d,h,s,a));return r("div",{class:`nemo-lane nemo-lane-${p}`},...m)}))}function tt(t,e,n,s){let{start:i,
duration:o,label:a}=t,l=`${a}
${$(i,1)} – ${$(i+o,1)}`,c=r("div",{class:"nemo-segment",title:l},r("span",null,a));c.style.left=`${i/n*100}\
%`,c.style.width=`${o/n*100}%`;let h=e.kind==="video"?nt(t,s):null;return h&&(c.classList.add("nemo-pictured"),
c.style.backgroundImage=`url("${h}")`),c}function nt({label:t,source:e},n){let s=st((e??"").split(/[?#]/)[0]?.
split("/").at(-1)??"");return n.get(s)??n.get(t)??n.get(e??"")}function st(t){try{return decodeURIComponent(t)}catch{
return t}}function ve(t,e,n){let s=n?e*Je/n:e,i=Ge.find(l=>l>=s)??Math.ceil(s/36e5)*36e5,o=`${e}/${i}`;if(t.dataset.
scale===o)return;t.dataset.scale=o;let a=[];for(let l=0;e>0&&l<=e;l+=i){let c=r("span",null,$(l,i<1e3?1:0));c.
style.left=`${l/e*100}%`,l>e-i*.5&&(c.className="nemo-last-tick"),a.push(c)}t.replaceChildren(...a)}var it=4,ot=2,rt=3e3,H=class{#e=[];#t;#n;constructor(e,n){this.#t=e,this.#n=n,e.handle("upload-ready",({id:s})=>this.#i(
s)?.ready()),e.handle("upload-ack",({id:s,index:i})=>this.#i(s)?.acknowledge(Number(i))),e.handle("upload-miss\
ing",({id:s,missing:i})=>this.#i(s)?.resend(i)),e.handle("upload-end",({id:s,error:i})=>this.#l(s,i))}add(e){for(let n of e){
let s=new J(this.#t,n,this.#n,()=>this.#s());s.refuse(at(this.#t,n)),this.#e.push(s)}this.#s()}cancel(e){let n=this.#i(
e);n&&(n.stop(),n.begun&&this.#t.send({kind:"upload-cancel",id:e}),this.#e=this.#e.filter(s=>s!==n),this.#s())}#i(e){
return this.#e.find(n=>n.id===e)}#l(e,n){let s=this.#i(e);s&&(n?s.refuse(n):this.#e=this.#e.filter(i=>i!==s),s.
stop(),this.#s())}#s(){let e=this.#e.filter(({state:s})=>s!=="queued"&&s!=="failed").length,n=Math.max(0,ot-e);
for(let s of this.#e.filter(({state:i})=>i==="queued").slice(0,n))s.start();this.#t.set("uploads",this.#e.map(
s=>s.view()))}};function at(t,e){let{max_upload_bytes:n,suffixes:s}=t.get("limits"),i=N(t.get("language")),o=/\.[^.]*$/.
exec(e.name)?.[0].toLowerCase()??"";return s.length&&!s.includes(o)?{message:i.wrongType,remedy:i.wrongTypeRemedy(
s.map(a=>a.slice(1)).join(", "))}:e.size===0?{message:i.emptyFile,remedy:i.emptyFileRemedy}:e.size>n?{message:i.
tooLarge(Math.floor(n/(1024*1024))),remedy:i.tooLargeRemedy}:null}var J=class{id=A("file");state="queued";begun=!1;#e=null;#t=null;#n=!1;#i=0;#l=new Set;#s=new Set;#o=new Set;#a=0;#h;#d;#r;#c;#m;#u;constructor(e,n,s,i){
this.#d=e,this.#r=n,this.#c=s,this.#m=Math.ceil(n.size/s),this.#u=i}view(){let e=this.#o.has(this.#m-1)?this.#m*
this.#c-this.#r.size:0,n=this.#o.size*this.#c-e,s=(performance.now()-this.#a)/1e3;return{id:this.id,name:this.#r.
name,size:this.#r.size,thumbnail:this.#t,state:this.state,done:n,speed:this.#a&&s>.3?n/s:0,error:this.#e}}refuse(e){
e&&(this.#e=e,this.state="failed")}async start(){this.state="sending",this.#t=await ne(this.#r),this.state==="\
sending"&&this.#p(),this.#u()}#p(){this.begun=!0,this.#d.send({kind:"upload-begin",id:this.id,name:this.#r.name,
size:this.#r.size,slice_bytes:this.#c,thumbnail:this.#t}),this.#y()}ready(){this.#n||(this.#n=!0,this.#a=performance.
now(),this.#g(),this.#f())}acknowledge(e){e>=0&&e<this.#m&&(this.#l.delete(e),this.#s.delete(e),this.#o.add(e),
this.#g(),this.#f(),this.#u())}resend(e){this.#n=!0;let n=e.length<64?this.#i:Math.max(...e);for(let s=0;s<Math.
min(n,this.#i);s++)this.#o.add(s);for(let s of e)this.#o.delete(s),s<this.#i&&this.#s.add(s);this.#l.clear(),this.#g(),
this.#f(),this.#u()}stop(){clearTimeout(this.#h),this.state!=="failed"&&(this.state="finishing"),this.#n=!1}#f(){
if(this.#n){for(;this.#l.size<it;){let[e]=this.#s;if(e===void 0&&this.#i>=this.#m)break;let n=e??this.#i++;this.#s.
delete(n),this.#l.add(n),this.#b(n)}this.#o.size===this.#m&&(this.state="finishing")}}async#b(e){let n=e*this.#c;
try{let s=await this.#r.slice(n,n+this.#c).arrayBuffer();this.#n&&this.#d.send({kind:"upload-slice",id:this.id,
index:e},s)}catch{if(!this.#n)return;let s=N(this.#d.get("language"));this.refuse({message:s.unreadable,remedy:s.
unreadableRemedy}),this.stop(),this.#d.send({kind:"upload-cancel",id:this.id}),this.#u()}}#g(){this.state==="s\
talled"&&(this.state="sending"),this.#y()}#y(){clearTimeout(this.#h),this.#h=setTimeout(()=>{this.state==="sen\
ding"&&(this.state="stalled"),this.#n?(this.#d.send({kind:"upload-check",id:this.id}),this.#y()):this.#p(),this.#u()},
rt)}};var V=class{#e=null;#t=new Map;#n=new Set;#i=0;#l=0;#s=null;#o;#a;#h;constructor(e,n){this.#a=e,this.#h=n,e.handle(
"video-slice",({id:s,offset:i},[o])=>{s===this.#e?.id&&o&&this.#m(Number(i),o)}),e.handle("video-failed",({id:s,
error:i})=>{s===this.#e?.id&&!this.#s&&this.#u(i)})}want(){let e=this.#a.get("video");e?.id!==this.#e?.id&&(this.
release(),this.#e=e,e&&this.#d())}retry(){this.#e&&!this.#s&&this.#d()}release(){clearTimeout(this.#o),this.#s&&
URL.revokeObjectURL(this.#s),this.#s=null,this.#e=null,this.#t.clear(),this.#a.set("transfer",null)}#d(){this.#t.
clear(),this.#n.clear(),this.#i=0,this.#l=0,this.#p(null),this.#r()}#r(){let e=this.#e?.size??0;for(;this.#n.size<
2&&this.#i<e;)this.#c(this.#i),this.#i+=this.#h;clearTimeout(this.#o),this.#n.size!==0&&(this.#o=setTimeout(()=>{
for(let n of this.#n)this.#c(n);this.#r()},5e3))}#c(e){if(!this.#e)return;this.#n.add(e);let n=Math.min(this.#h,
this.#e.size-e);this.#a.send({kind:"video-read",id:this.#e.id,offset:e,length:n})}#m(e,n){if(!this.#n.delete(e)||
!this.#e)return;let s=Math.min(e+this.#h,this.#e.size);if(this.#t.set(e,new Blob([n])),this.#l+=n.length,e+n.length<
s){this.#u(null);return}if(this.#l>=this.#e.size){clearTimeout(this.#o);let i=[...this.#t].sort(([o],[a])=>o-a).
map(([,o])=>o);this.#t.clear(),this.#s=URL.createObjectURL(new Blob(i,{type:this.#e.type||"video/mp4"}))}else this.#r();
this.#p(null)}#u(e){clearTimeout(this.#o),this.#n.clear(),this.#t.clear(),this.#p(e??{message:"",remedy:""})}#p(e){
if(!this.#e)return;let n=this.#e.size?this.#l/this.#e.size:0;this.#a.set("transfer",{id:this.#e.id,done:n,url:this.#s,
error:e})}};var Q=new Map,ke=t=>String(t.get("_id")??"");function xe(t){let e=ke(t),n=Q.get(e);if(!n){let s=new O,{up:i,down:o}=pe();
n={store:s,uploads:new H(s,i),videos:new V(s,o)},Q.set(e,n)}return n}function lt({model:t}){let e=xe(t),n=e.store.
attach(t);return()=>{n(),e.videos.release(),Q.delete(ke(t))}}function ct({model:t,el:e}){let n=xe(t),s=n.store.
attach(t),i=r("div",{class:"nemo-editor","data-lm-suppress-shortcuts":"true"});for(let p of["keydown","keypres\
s","keyup","paste","copy","cut"])i.addEventListener(p,m=>m.stopPropagation());e.append(i);let o=fe(i),a=null,l="",
c=String(t.get("_part")??"editor"),h=n.store.subscribe(["language"],()=>{let p=n.store.get("language");p!==l&&
(l=p,a?.close(),a=new B(n.store,n.uploads,n.videos,N(l)),i.lang=l==="zh"?"zh-CN":"en",i.replaceChildren(dt(a,c)),
(c==="editor"||c==="uploader")&&ie(a,i))});return()=>{h(),o(),a?.close(),i.remove(),s()}}function dt(t,e){if(e===
"uploader")return r("div",{class:"nemo-part"},U(t));if(e==="timeline")return r("div",{class:"nemo-part"},G(t),
X(t));if(e==="player")return r("div",{class:"nemo-part"},Z(t));let n=r("div",{class:"nemo-left"},U(t),ce(t)),s=r(
"div",{class:"nemo-show"},Z(t),he(t)),i=r("div",{class:"nemo-right"},s,G(t),X(t));return r("div",{class:"nemo-\
frame"},me(t),n,i)}var fn={initialize:lt,render:ct};export{fn as default};
