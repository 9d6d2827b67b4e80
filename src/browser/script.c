#include "browser/script.h"

/* What is going on in a document, so that nobody has to look at all of it to
 * see that nothing is: state() gives "a frame is wanted", milliseconds until
 * the next timer (-1: none), "more goes on than this script can see", and a
 * text that is another one when something has changed. Changes of digits are
 * none. Timers that are due in the past have run; frames of other origins,
 * workers, films and refreshing pages cannot be seen. */
static const char watch[] =
	"(()=>{const K=Symbol.for('faceaudit'),S=window[K];"
	"if(!S||S.state)return;"
	"const set=(o,n,f)=>{try{Object.defineProperty(o,n,"
	"{value:f,configurable:true,writable:true})}catch(e){}};"
	"const now=performance.now.bind(performance);"
	"const R=new Set,T=new Map;let n=0,seers=0,other=0;"
	"const fold=s=>String(s==null?'':s).replace(/[0-9]+/g,'0');"
	"const texts=l=>{let s='';for(const e of l){if(e.nodeType!==3)"
	"return null;s+=e.data}return fold(s)};"
	"const same=r=>{if(r.type==='characterData')"
	"return fold(r.oldValue)===fold(r.target.data);"
	"if(r.type==='attributes')return r.oldValue==="
	"r.target.getAttributeNS(r.attributeNamespace,r.attributeName);"
	"const a=texts(r.removedNodes);"
	"return a!==null&&a===texts(r.addedNodes)};"
	"const take=l=>{for(const r of l)if(!same(r)){n++;break}};"
	"const M=new MutationObserver(take);"
	"const watch=d=>M.observe(d,{subtree:true,childList:true,"
	"attributes:true,characterData:true,attributeOldValue:true,"
	"characterDataOldValue:true});watch(document);"
	"const shade=Element.prototype.attachShadow;"
	"set(Element.prototype,'attachShadow',function(o){"
	"const d=shade.call(this,o);watch(d);return d});"
	"for(const k of ['setTimeout','setInterval']){const o=window[k];"
	"set(window,k,function(f,d,...a){const i=o.call(window,f,d,...a);"
	"let w=0;try{w=Math.max(0,+d||0)}catch(e){}"
	"if(T.size<5000)T.set(i,{at:now()+w,"
	"by:k==='setInterval'?Math.max(1,w):0});else other=1;return i})}"
	"for(const k of ['clearTimeout','clearInterval']){const o=window[k];"
	"set(window,k,i=>{T.delete(i);o.call(window,i)})}"
	"{const o=window.requestAnimationFrame,c=window.cancelAnimationFrame;"
	"set(window,'requestAnimationFrame',f=>{const i=o.call(window,t=>{"
	"R.delete(i);f(t)});R.add(i);return i});"
	"set(window,'cancelAnimationFrame',i=>{R.delete(i);"
	"c.call(window,i)})}"
	"for(const k of ['IntersectionObserver','ResizeObserver'])"
	"if(window[k])set(window,k,new Proxy(window[k],{construct(t,a,w){"
	"seers=1;return Reflect.construct(t,a,w)}}));"
	"for(const k of ['Worker','SharedWorker'])if(window[k])"
	"set(window,k,new Proxy(window[k],{construct(t,a,w){other=1;"
	"return Reflect.construct(t,a,w)}}));"
	"const moves=document.getAnimations.bind(document);"
	"const seek=document.querySelector.bind(document);"
	"const one=()=>{take(M.takeRecords());const t=now();let next=-1;"
	"for(const [i,e] of T){let at=e.at;if(at<t){if(!e.by){T.delete(i);"
	"continue}at+=Math.ceil((t-at)/e.by)*e.by}"
	"if(next<0||at-t<next)next=at-t}"
	"const v=seek('video,audio');"
	"return {f:R.size>0||seers||moves().some("
	"a=>a.playState==='running'),t:next,x:other||"
	"!!(v&&(v.src||v.querySelector('source')))||"
	"!!seek('meta[http-equiv=\"refresh\" i]'),"
	"k:performance.timeOrigin+' '+n+' '+location.href+' '"
	"+fold(document.title)}};"
	"const all=()=>{const s=one();if(window.length>99)s.x=true;for(let "
	"i=0;i<window.length&&i<99;i++)"
	"try{const c=window[i][K].all();s.f=s.f||c.f;s.x=s.x||c.x;"
	"if(c.t>=0&&(s.t<0||c.t<s.t))s.t=c.t;s.k+='|'+c.k}catch(e){s.x=true}"
	"return s};"
	"set(S,'all',all);set(S,'state',()=>{const s=all();"
	"return (s.f?1:0)+' '+Math.ceil(s.t)+' '+(s.x?1:0)+' '+s.k});"
	"})()";

/* The stream of the camera is a grey canvas: no face, no device, and the same
 * in every run. Its track ends when drawing does. */
static const char guard[] =
	"(()=>{const K=Symbol.for('faceaudit');if(window[K])return;"
	"const tell=window." FA_SCRIPT_BINDING ";"
	"try{delete window." FA_SCRIPT_BINDING "}catch(e){}"
	"const say=x=>{try{tell(x)}catch(e){}};"
	"const S={camera:false};"
	"Object.defineProperty(window,K,{value:S});"
	"const set=(o,n,f)=>{try{Object.defineProperty(o,n,"
	"{value:f,configurable:true,writable:true})}catch(e){}};"
	"const no=n=>new DOMException('Permission denied',n);"
	"const draw=document.createElement.bind(document);"
	"const every=window.setInterval.bind(window);"
	"const stop=window.clearInterval.bind(window);"
	"const stream=()=>{const c=draw('canvas');c.width=640;c.height=480;"
	"const g=c.getContext('2d');const paint=()=>{g.fillStyle='#8a8a8a';"
	"g.fillRect(0,0,640,480)};paint();const s=c.captureStream(5);"
	"let n=0;const t=every(()=>{paint();if(++n>600)stop(t)},100);"
	"return s};"
	"const media=async c=>{if(!c||(!c.video&&!c.audio))"
	"throw new TypeError('nothing was asked for');"
	"say(c.video?'camera':'permission');"
	"if(!S.camera||!c.video)throw no('NotAllowedError');"
	"return stream()};"
	"if(window.MediaDevices){"
	"set(MediaDevices.prototype,'getUserMedia',media);"
	"set(MediaDevices.prototype,'enumerateDevices',async()=>"
	"[{deviceId:'1',groupId:'1',kind:'videoinput',label:'',"
	"toJSON(){return this}}])}"
	"for(const n of ['getUserMedia','webkitGetUserMedia',"
	"'mozGetUserMedia'])"
	"set(Navigator.prototype,n,(c,y,f)=>{media(c).then(y,f)});"
	"if(window.Geolocation){const f=(y,f)=>{say('permission');"
	"setTimeout(()=>{if(f)f({code:1,message:'User denied Geolocation',"
	"PERMISSION_DENIED:1,POSITION_UNAVAILABLE:2,TIMEOUT:3})},0);"
	"return 1};"
	"set(Geolocation.prototype,'getCurrentPosition',f);"
	"set(Geolocation.prototype,'watchPosition',f)}"
	"if(window.Notification)set(Notification,'requestPermission',f=>{"
	"say('permission');if(f)f('denied');"
	"return Promise.resolve('denied')});"
	"if(window.ServiceWorkerContainer)"
	"set(ServiceWorkerContainer.prototype,'register',"
	"()=>Promise.reject(no('SecurityError')));"
	"for(const n of ['RTCPeerConnection','webkitRTCPeerConnection',"
	"'WebTransport','WebSocketStream'])try{delete window[n]}catch(e){}"
	"set(window,'close',()=>say('exit'));"
	"})()";

static const char camera_yes[] =
	"(()=>{const s=window[Symbol.for('faceaudit')];if(s)s.camera=true})()";
static const char camera_no[] =
	"(()=>{const s=window[Symbol.for('faceaudit')];if(s)s.camera=false})()";

static const char frames[] = "new Promise(f=>requestAnimationFrame(()=>f(1)))";

static const char state[] = "window[Symbol.for('faceaudit')].state()";

static const char scroll[] =
	"(()=>{const d=document.scrollingElement||document.documentElement;"
	"const h=Math.max(1,Math.floor(innerHeight*0.9));"
	"if(d.scrollHeight>innerHeight+1){d.scrollBy(0,h);return 1}"
	"let e=document.elementFromPoint(innerWidth/2,innerHeight/2);"
	"for(;e;e=e.parentElement)if(e.scrollHeight>e.clientHeight+1&&"
	"/auto|scroll/.test(getComputedStyle(e).overflowY)){"
	"e.scrollBy(0,Math.max(1,Math.floor(e.clientHeight*0.9)));return 1}"
	"return 0})()";

static const char fill[] =
	"function(t){const tell=()=>{for(const n of ['input','change'])"
	"this.dispatchEvent(new Event(n,{bubbles:true}))};"
	"if(this.tagName==='SELECT'){const o=[...this.options];"
	"const fits=x=>{const d=(x.text.match(/[0-9]+/g)||[]).map(Number);"
	"if(!d.length)return false;if(/^[0-9]{4}-/.test(t))"
	"return d.length===1&&d[0]===+t.slice(0,4);"
	"if(!/^[0-9]{1,3}$/.test(t))return false;const a=+t;"
	"if(d.length>1)return a>=d[0]&&a<=d[1];"
	"if(/以下|未满|不满|小于|under|below|</.test(x.text))return a<d[0];"
	"if(/以上|已满|年满|大于|over|above|>|[+]/.test(x.text))return a>=d[0];"
	"return a===d[0]};"
	"let i=o.findIndex(x=>x.text.trim()===t||x.value===t);"
	"if(i<0)i=o.findIndex(x=>!x.disabled&&fits(x));"
	"if(i<0)i=o.findIndex((x,k)=>k>0&&!x.disabled&&x.value!=='');"
	"if(i<0)return 'no';this.selectedIndex=i;tell();return 'set'}"
	"if(this.tagName==='INPUT'&&/^(date|time|month|week|datetime-local|"
	"range|color)$/.test(this.type)){this.value=t;tell();return 'set'}"
	"if(!/^(INPUT|TEXTAREA)$/.test(this.tagName)&&!this.isContentEditable)"
	"return 'no';"
	"this.focus();if(this.select)this.select();return 'type'}";

const char *
fa_script_guard(void)
{
	return guard;
}

const char *
fa_script_watch(void)
{
	return watch;
}

const char *
fa_script_camera(bool allow)
{
	return allow ? camera_yes : camera_no;
}

const char *
fa_script_frames(void)
{
	return frames;
}

const char *
fa_script_state(void)
{
	return state;
}

const char *
fa_script_scroll(void)
{
	return scroll;
}

const char *
fa_script_fill(void)
{
	return fill;
}
