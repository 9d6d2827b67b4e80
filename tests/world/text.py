"""Chinese text for the pages of the world: policies that violate, respect or
say nothing of the rules on faces, the documents that belong to them, and pages
that are no policies. Everything follows from the seed."""
import random

KINDS = ('violation', 'compliant', 'silent')

OPEN = '''{app}隐私政策
生效日期：2026年{m}月{d}日
{app}由{org}运营，下文所说的“我们”就是{org}。本政策写明{app}会接触到哪些个人信息、拿来做什么，开始使用前请您读完。'''

FACE = {
    'violation': (
        '注册和登录时必须进行人脸识别验证，如您拒绝提供人脸信息，将无法使用本应用的任何功能。',
        '刷脸是本应用唯一的身份验证方式，不支持其他验证方式。',
        '我们会收集您的人脸信息用于登录验证，您不同意的，我们将停止向您提供全部服务。',
        '您使用本应用即视为同意我们收集、存储您的人脸信息。',
        '人脸信息将永久保存在我们的服务器上，并会提供给合作伙伴用于营销推广。'),
    'compliant': (
        '在您单独同意后，我们才会使用人脸识别技术验证您的身份；您可以随时撤回同意。',
        '您不同意使用人脸识别的，可以改用短信验证码或者身份证件核验，不影响您使用其他功能。',
        '人脸信息仅存储在您的设备内，不会通过互联网对外传输，验证完成后立即删除。',
        '处理不满十四周岁未成年人的人脸信息前，我们会取得其父母或者其他监护人的单独同意。',
        '我们在使用人脸识别技术前进行了个人信息保护影响评估，并对处理情况进行记录。'),
    'silent': (),
}

TOPICS = (
    ('我们如何收集信息', (
        '注册时要填手机号码并设置密码，前者用来识别您是谁，后者用来守住账号。',
        '您在搜索框里输入的词会传给我们，由此得出要给您看的结果。',
        '为保障服务正常运行，我们会收集设备型号、操作系统版本和网络状态。',
        '当您联系客服时，我们会保存您与我们的沟通记录，以便解决您的问题。',
        '您可以选择填写昵称、头像和所在城市，不填写不影响基本功能的使用。',
        '在您购买会员服务时，我们会收集订单编号、金额和支付状态。')),
    ('我们如何使用Cookie', (
        '我们使用Cookie记住您的登录状态和语言偏好，您可以在浏览器中清除。',
        '除了记住登录与语言，Cookie没有别的用处。',
        '您清除Cookie后，需要在每次访问时重新设置偏好。')),
    ('我们如何共享、转让和公开披露', (
        '除法律法规另有规定外，我们不会向第三方共享您的个人信息。',
        '经您授权后，我们会向物流公司提供收货人姓名、地址和电话。',
        '在合并、收购时，我们会要求新的主体继续受本政策约束。',
        '我们仅会在获得您明确同意后公开披露您的个人信息。')),
    ('我们如何保存和保护', (
        '在国内收集到的个人信息，服务器也都放在国内。',
        '我们采用加密传输、访问控制和日志审计等措施保护您的信息。',
        '订单信息的保存期限为三年，期满后我们会删除或者匿名化处理。',
        '发生安全事件时，我们会及时以推送或者公告的形式告知您。')),
    ('您如何管理您的信息', (
        '您可以在“我的—设置”中查询、更正或者删除您的个人信息。',
        '您可以在设置页面注销账号，我们会在十五个工作日内完成处理。',
        '您可以在系统设置中关闭位置、相机和麦克风权限。',
        '您可以要求我们提供个人信息的副本，我们会在核实身份后提供。')),
    ('未成年人保护', (
        '未满十八周岁的未成年人应当在监护人的陪同下阅读本政策。',
        '如果您是监护人，对孩子的信息有疑问，请通过下方方式与我们联系。')),
    ('政策更新与联系我们', (
        '本政策更新后，我们会在应用内以弹窗形式提示您。',
        '想找负责个人信息保护的同事，可以打客服电话，也可以写邮件。',
        '我们一般会在十五个工作日内回复您的请求。')),
)

# What belongs to a policy: role -> link text, title, sentences.
RELATED = {
    'children': ('《儿童个人信息保护规则》', '儿童个人信息保护规则', (
        '本规则适用于不满十四周岁的儿童及其监护人。',
        '我们收集儿童个人信息前，会征得监护人的明示同意。',
        '监护人可以要求我们更正、删除儿童的个人信息。',
        '儿童的信息由一位专门的同事照管，另外还备有一份儿童用户协议。',
        '我们不会收集与所提供服务无关的儿童个人信息。')),
    'face': ('《人脸识别服务协议》', '人脸识别服务协议', (
        '本协议说明我们在实名认证中如何处理您的人脸信息。',
        '您不同意本协议的，可以选择短信验证码等其他方式完成验证。',
        '人脸信息的处理目的仅限于身份验证，处理方式为实时比对。',
        '验证完成后我们会立即删除采集的人脸图像。',
        '您有权随时撤回对处理人脸信息的单独同意。')),
    'sdk': ('第三方SDK目录', '第三方SDK目录', (
        '为实现推送和统计功能，本应用接入了下列第三方SDK。',
        '推送SDK收集设备标识符和网络状态，用于消息推送。',
        '统计SDK收集应用使用记录，用于统计分析。',
        '地图SDK收集位置信息，用于展示附近的门店。',
        '我们会对第三方SDK进行安全检测，并与其约定保密义务。')),
    'permission': ('应用权限清单', '应用权限清单', (
        '相机权限：用于拍摄头像和扫描二维码，拒绝后不影响其他功能。',
        '位置权限：用于推荐附近的服务，您可以随时关闭。',
        '存储权限：用于缓存图片和视频。',
        '麦克风权限：用于语音搜索，仅在您使用时申请。',
        '通知权限：用于向您发送订单状态提醒。')),
    'collection': ('个人信息收集清单', '个人信息收集清单', (
        '账号信息：手机号码，用于注册和登录，保存至账号注销。',
        '订单信息：订单编号和金额，用于售后服务，保存三年。',
        '设备信息：设备型号，用于适配屏幕。',
        '搜索记录：关键词，用于展示结果，您可以随时清空。',
        '本清单会随着服务的变化不时更新。')),
    'agreement': ('《用户协议》', '用户服务协议', (
        '本协议是您与我们之间就使用本应用所订立的协议。',
        '您应当妥善保管账号和密码，不得转让给他人使用。',
        '您不得利用本应用从事违反法律法规的活动。',
        '因不可抗力造成服务中断的，我们不承担责任。',
        '因本协议产生的争议，双方应当友好协商解决。')),
}


def doc(title, body, charset='utf-8', meta=True):
    """A page as bytes; meta says whether it names its charset itself."""
    head = f'<meta charset="{charset}">' if meta else ''
    return (f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}'
            f'<title>{title}</title><style>.t{{margin:8px}}</style></head>'
            f'<body>{body}</body></html>\n').encode(charset)


class Writer:
    """Text from a pool of paragraphs, which is made once; pages are only
    put together, so that a server does not think long."""

    def __init__(self, seed, paragraphs=240):
        rng = random.Random(f'{seed}/text')
        self.seed = seed
        self.pool = []
        for n in range(paragraphs):
            title, sentences = TOPICS[n % len(TOPICS)]
            picked = [rng.choice(sentences) for _ in range(rng.randint(3, 7))]
            self.pool.append((title, f'第{n + 1}款 ' + ''.join(picked)))

    def policy(self, name, kind, links=(), size=12000, epoch=1, page=doc,
               **how):
        """A policy of about size bytes in UTF-8, links are (text, href)."""
        rng = random.Random(f'{self.seed}/{name}')
        head = OPEN.format(app=f'示例应用{name}', org=f'示例{name}科技有限公司',
                           m=rng.randint(1, 12), d=rng.randint(1, 28))
        parts = [f'<h1>示例应用{name}隐私政策</h1>']
        parts += [f'<p>{line}</p>' for line in head.split('\n')[1:]]
        if epoch > 1:
            parts.append(f'<p>本政策第{epoch}版对联系方式作了更新。</p>')
        face = rng.sample(FACE[kind], k=min(3, len(FACE[kind])))
        if face:
            parts.append('<h2>人脸信息的处理</h2>')
            parts += [f'<p class="t">{s}</p>' for s in face]
        if links:
            parts.append('<h2>相关文件</h2>')
            parts += [f'<p>请您一并阅读<a href="{href}">{text}</a>。</p>'
                      for text, href in links]
        got = 3 * sum(len(p) for p in parts)
        section = 0
        while got < size:
            title, text = rng.choice(self.pool)
            section += 1
            part = f'<h2>{section}. {title}</h2><p class="t">{text}</p>'
            parts.append(part)
            got += 3 * len(part)
        return page(f'示例应用{name}隐私政策', '\n'.join(parts), **how)

    def related(self, name, role):
        """A document that belongs to the policy of name."""
        rng = random.Random(f'{self.seed}/{name}/{role}')
        _, title, sentences = RELATED[role]
        parts = [f'<h1>示例应用{name}{title}</h1>']
        for n in range(rng.randint(8, 30)):
            s = ''.join(rng.choice(sentences) for _ in range(3))
            parts.append(f'<p>{n + 1}. {s}</p>')
        return doc(title, '\n'.join(parts))


def listing(name, link):
    """A page of a made-up app store; link is HTML or nothing."""
    return doc(f'示例应用{name} - 示例应用商店',
               f'<h1>示例应用{name}</h1><p>版本 1.2.{len(name)}，大小 38 MB</p>'
               f'<p>这是一款方便实用的生活服务应用，支持在线下单和到店自提。</p>'
               f'<p>开发者：示例{name}科技有限公司</p><p>{link}</p>')


SHELL = ('<!DOCTYPE html><html><head><meta charset="utf-8"><title>隐私政策'
         '</title><script src="/app.js"></script></head><body><div id="app">'
         '</div><noscript>请开启JavaScript</noscript></body></html>').encode()
LOGIN = doc('登录', '<h1>请登录</h1><form action="/login"><p>请登录后查看</p>'
            '<input name="u" placeholder="手机号"><input type="password" '
            'name="p"><button>登录</button></form><p>扫码登录</p>')
MISSING = doc('页面不存在', '<h1>404</h1><p>抱歉，您访问的页面不存在或者已被删除，'
              '请检查网址是否正确。</p><p><a href="/">返回首页</a></p>')
CAPTCHA = doc('安全验证', '<h1>安全验证</h1><p>您的请求过于频繁，请完成下方的滑动'
              '验证后继续访问。</p><div class="captcha"></div>')
NEWS = doc('本市地铁新线今日开通', '<h1>本市地铁新线今日开通</h1>' + ''.join(
    f'<p>{n}号站今日迎来首批乘客，早高峰客流平稳。市民王先生说，新线开通后上班'
    '路程缩短了二十分钟。车站内设有便利店和自动售票机，夏季空调开放。</p>'
    for n in range(1, 30)))
