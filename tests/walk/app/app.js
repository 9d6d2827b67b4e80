'use strict';
const at = document.getElementById('at');
const screens = {
  start: ['<h1>刷脸登录</h1><p>登录需要采集您的人脸信息，用于核验身份。</p>',
    ['同意并刷脸', 'capture'], ['不同意', 'refused'], ['短信验证码登录', 'sms']],
  refused: ['<h1>首页</h1><p>您可以继续浏览商品。</p>', ['登录', 'start']],
  sms: ['<h1>短信登录</h1><input placeholder="请输入手机号"><input placeholder="请输入验证码">',
    ['登录', 'done']],
  capture: ['<h1>人脸识别</h1><p>请正对屏幕</p><video width="200" height="200"></video>',
    ['开始识别', 'camera'], ['返回', 'start']],
  failed: ['<h1>人脸识别</h1><p>无法使用摄像头</p>', ['返回', 'start']],
  done: ['<h1>登录成功</h1><p>欢迎回来</p>'],
};

function camera() {
  navigator.mediaDevices.getUserMedia({ video: true })
    .then(() => show('done'), () => show('failed'));
}

function show(name) {
  const [html, ...buttons] = screens[name];
  at.innerHTML = html;
  for (const [label, to] of buttons) {
    const b = document.createElement('button');
    b.textContent = label;
    b.onclick = () => {
      if (name === 'start' && to === 'refused') localStorage.refused = 1;
      if (to === 'camera') camera();
      else if (name === 'sms') send(to);
      else show(to);
    };
    at.append(b);
  }
  const policy = document.createElement('a');
  policy.href = 'policy.html';
  policy.textContent = '《隐私政策》';
  at.append(policy);
}

/* Over the web the form goes to the server, which knows its visitor. */
function send(to) {
  if (!location.port) return show(to);
  return fetch('/login', { method: 'POST',
    body: at.querySelector('input').value })
    .then((r) => show(r.ok ? to : 'start'));
}
show(localStorage.refused ? 'refused' : 'start');
