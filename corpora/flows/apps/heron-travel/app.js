'use strict';
const m = document.getElementById('m');
const store = {
  get face() { return localStorage.getItem('heron-face') === 'on'; },
  set face(v) { localStorage.setItem('heron-face', v ? 'on' : 'off'); },
};
let timer = 0;

const notice = `
<h3>谁来处理</h3><p>白鹭出行（鹿港）科技有限公司，电话 400-000-0244，个人信息保护邮箱 privacy@bailu.example。</p>
<h3>目的</h3><p>仅用于刷脸登录时核验操作者是您本人，不作他用。</p>
<h3>方式</h3><p>由您主动拍摄一段两秒的人脸视频，加密传到我们的服务器，与您登记的人脸模板一对一比对，不做一对多检索。</p>
<h3>保存期限</h3><p>视频比对后立即删除；模板保存到您关闭刷脸或注销账号之日，当日删除。</p>
<h3>必要性</h3><p>只有刷脸这种方式需要人脸：不带验证码手机时，它可以代替短信确认本人。您不用它，就不需要提供。</p>
<h3>对您的影响</h3><p>人脸无法更换，一旦泄露，可能危害人身和财产安全，我们用加密和分开存放来降低风险。不同意不影响叫车、价格和信用。</p>
<h3>您的权利</h3><p>在“设置—刷脸管理”查看、更正、删除或撤回同意；我们在十五个工作日内答复，您也可以向网信部门投诉。</p>`;

const pages = {
  start: ['欢迎使用白鹭出行', '<p>请阅读《隐私政策》后选择。不同意也可以先浏览路线。</p><div class="pair"><button data-p="login">同意隐私政策</button><button data-p="guest">不同意，先浏览</button></div><button data-p="policy">查看隐私政策</button>'],
  policy: ['隐私政策', '<p>叫车需要手机号和上车地点。人脸不在本政策的同意范围内，要用时会单独问您。</p><button data-p="start">返回</button>'],
  guest: ['浏览路线', '<p>鹿港老街到灯塔，约 6 公里。</p><button data-p="start">返回</button>'],
  login: ['选择登录方式', '<p>以下方式任选，效果相同。不满十四周岁的用户请用短信登录，本应用不向其提供刷脸。</p><button data-p="sms">短信验证码登录</button><button data-p="pwd">密码登录</button><button data-p="age">刷脸登录</button>'],
  age: ['确认年龄', '<p>您是否已满十四周岁？</p><div class="pair"><button data-p="ask">已满十四周岁</button><button data-p="young">未满十四周岁</button></div>'],
  young: ['请用其他方式', '<p>我们不收集不满十四周岁用户的人脸，请用短信登录。</p><button data-p="sms">短信验证码登录</button>'],
  ask: ['人脸信息单独同意', notice + '<div class="pair"><button data-p="scan">同意使用人脸</button><button data-p="login">不同意</button></div>'],
  scan: ['刷脸', '<div class="ring"></div><p>请正对屏幕，正在识别人脸…</p><button data-p="login">取消</button>'],
  sms: ['短信登录', '<input placeholder="手机号" inputmode="tel"><input placeholder="短信验证码" inputmode="numeric"><button data-p="home">登录</button><button data-p="login">返回</button>'],
  pwd: ['密码登录', '<input placeholder="手机号"><input type="password" placeholder="密码"><button data-p="home">登录</button><button data-p="login">返回</button>'],
  home: ['首页', '<p>登录成功。要去哪里？</p><button data-p="ride">叫车</button><button data-p="set">设置</button>'],
  ride: ['叫车成功', '<p>司机三分钟后到达。</p><button data-p="home">返回首页</button>'],
  set: ['设置', () => `<p>刷脸登录：${store.face ? '已开启' : '未开启'}</p><button data-p="manage">刷脸管理</button><button data-p="phone">换绑手机号</button><button data-p="cancel">注销账号</button><button data-p="home">返回首页</button>`],
  manage: ['刷脸管理', () => store.face
    ? '<p>您在使用刷脸登录。</p><button data-p="off">关闭刷脸并撤回同意</button><button data-p="set">返回</button>'
    : '<p>刷脸登录没有开启，我们没有您的人脸。</p><button data-p="set">返回</button>'],
  off: ['已关闭刷脸', '<p>您已撤回同意，人脸模板已删除，其他登录方式照常可用。</p><button data-p="set">返回设置</button>'],
  phone: ['换绑手机号', '<p>请选择核验方式。</p><button data-p="newsms">原号码短信核验</button><button data-p="card">身份证号核验</button><button data-p="set">返回</button>'],
  newsms: ['短信核验', '<input placeholder="原号码验证码"><button data-p="newnum">核验</button>'],
  card: ['身份证号核验', '<input placeholder="姓名"><input placeholder="身份证号"><button data-p="newnum">核验</button>'],
  newnum: ['填写新号码', '<input placeholder="新手机号"><button data-p="changed">保存</button>'],
  changed: ['换绑成功', '<button data-p="set">返回设置</button>'],
  cancel: ['注销账号', '<p>用短信验证码确认即可，不需要人脸。十五个工作日内删除您的全部资料。</p><input placeholder="短信验证码"><button data-p="bye">确认注销</button><button data-p="set">暂不注销</button>'],
  bye: ['注销已受理', '<p>资料将在十五个工作日内删除。</p>'],
};

function go(p) {
  clearTimeout(timer);
  if (p === 'off') store.face = false;
  const [title, body] = pages[p];
  m.innerHTML = '<h2>' + title + '</h2>' + (typeof body === 'function' ? body() : body);
  scrollTo(0, 0);
  if (p === 'scan') timer = setTimeout(() => { store.face = true; go('home'); }, 2500);
}
m.addEventListener('click', e => {
  const b = e.target.closest('[data-p]');
  if (b) go(b.dataset.p);
});
go('start');
