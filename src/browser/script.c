#include "browser/script.h"

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
	"let i=o.findIndex(x=>x.text.trim()===t||x.value===t);"
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
fa_script_scroll(void)
{
	return scroll;
}

const char *
fa_script_fill(void)
{
	return fill;
}
