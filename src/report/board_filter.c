/* The page that filters all apps, and its data. A script element loads the
 * data, because a page in a folder may not fetch files beside it. Without
 * scripts the page points to the lists. */
#include <stdio.h>

#include "report/board_parts.h"

static const char script_zh[] =
	"var T={shown:'显示',of:'共',none:'没有符合的应用'};\n";
static const char script_en[] =
	"var T={shown:'shown',of:'of',none:'no app matches'};\n";

/* Rows: id, name, package, category, store, publisher, grade, points in
 * tenths (-1: none), violations, gaps, grave, reviewed, page. */
static const char script[] =
	"var rows=[],view=[],shown=0,key=7,down=false;\n"
	"function faBoard(a){for(var i=0;i<a.length;i++)rows.push(a[i])}\n"
	"(function(){\n"
	"var $=function(i){return document.getElementById(i)};\n"
	"function body(){return document.querySelector('#filter tbody')}\n"
	"function fill(id,col){\n"
	" var n=Object.create(null),s=$(id);\n"
	" rows.forEach(function(r){n[r[col]]=(n[r[col]]||0)+1});\n"
	" Object.keys(n).filter(Boolean).sort(function(a,b){\n"
	"  return n[b]-n[a]||(a<b?-1:1)}).slice(0,200).forEach("
	"function(k){\n"
	"  var o=document.createElement('option');\n"
	"  o.value=k;o.textContent=k+' ('+n[k]+')';s.appendChild(o)})}\n"
	"function cell(tr,text,num){\n"
	" var td=document.createElement('td');\n"
	" if(num)td.className='n';\n"
	" td.textContent=text;tr.appendChild(td);return td}\n"
	"function row(r){\n"
	" var tr=document.createElement('tr'),\n"
	"  th=document.createElement('th'),\n"
	"  at=r[12]?document.createElement('a'):"
	"document.createElement('span');\n"
	" th.scope='row';at.textContent=r[1];\n"
	" if(r[12])at.href='app/'+r[0].slice(-2)+'/'+r[0]+'.html';\n"
	" th.appendChild(at);tr.appendChild(th);\n"
	" cell(tr,r[4]);cell(tr,r[3]);cell(tr,r[5]);cell(tr,r[6]);\n"
	" cell(tr,r[7]<0?'–':(r[7]/10).toFixed(1),1);\n"
	" for(var i=8;i<12;i++)cell(tr,r[i],1);\n"
	" return tr}\n"
	"function more(){\n"
	" var b=body(),f=document.createDocumentFragment(),\n"
	"  to=Math.min(shown+200,view.length);\n"
	" for(;shown<to;shown++)f.appendChild(row(view[shown]));\n"
	" b.appendChild(f);\n"
	" $('more').hidden=shown>=view.length;\n"
	" $('count').textContent=view.length?T.shown+' '+shown+' / '+"
	"view.length+' ('+T.of+' '+rows.length+')':T.none}\n"
	"function apply(){\n"
	" var q=$('q').value.trim().toLowerCase(),c=$('fc').value,\n"
	"  s=$('fs').value,g=$('fg').value,k=$('fk').value;\n"
	" view=rows.filter(function(r){\n"
	"  return(!c||r[3]===c)&&(!s||r[4]===s)&&(!g||r[6]===g)&&\n"
	"  (!k||k==='f'&&r[8]+r[9]>0||k==='h'&&r[10]>0||"
	"k==='u'&&r[8]+r[9]>0&&!r[11]||k==='x'&&!r[6])&&\n"
	"  (!q||(r[1]+' '+r[2]+' '+r[5]).toLowerCase().indexOf(q)>=0)});\n"
	" view.sort(function(a,b){\n"
	"  var x=a[key],y=b[key],d;\n"
	"  if(key===7){x=x<0?9999:x;y=y<0?9999:y}\n"
	"  d=x<y?-1:x>y?1:0;\n"
	"  return(down?-d:d)||(a[0]<b[0]?-1:1)});\n"
	" body().textContent='';shown=0;more()}\n"
	"function sort(th,i){\n"
	" var b=document.createElement('button');\n"
	" b.type='button';b.textContent=th.textContent;th.textContent='';\n"
	" th.appendChild(b);\n"
	" b.addEventListener('click',function(){\n"
	"  down=key===i?!down:i>7;key=i;\n"
	"  Array.prototype.forEach.call(th.parentNode.children,"
	"function(h){h.removeAttribute('aria-sort')});\n"
	"  th.setAttribute('aria-sort',down?'descending':'ascending');\n"
	"  apply()})}\n"
	"window.addEventListener('load',function(){\n"
	" var cols=[1,4,3,5,6,7,8,9,10,11];\n"
	" rows.sort(function(a,b){return a[0]<b[0]?-1:1});\n"
	" fill('fc',3);fill('fs',4);\n"
	" Array.prototype.forEach.call(document.querySelectorAll("
	"'#filter th'),function(th,i){sort(th,cols[i])});\n"
	" document.querySelectorAll('#filter th')[5].setAttribute("
	"'aria-sort','ascending');\n"
	" ['q','fc','fs','fg','fk'].forEach(function(i){\n"
	"  $(i).addEventListener('input',apply)});\n"
	" $('more').addEventListener('click',more);\n"
	" var h=decodeURIComponent(location.hash.slice(1)).split('=');\n"
	" if(h.length===2&&$(h[0])&&/^(q|fc|fs|fg|fk)$/.test(h[0]))"
	"$(h[0]).value=h[1];\n"
	" $('tools').hidden=$('filter').hidden=false;apply()})})();\n";

void
fa_board_script(struct fa_buf *out, enum fa_lang lang)
{
	fa_buf_adds(out, "'use strict';\n");
	fa_buf_adds(out, lang == FA_LANG_EN ? script_en : script_zh);
	fa_buf_adds(out, script);
}

static void
put_choice(struct fa_board_page *p, const char *id, const char *name)
{
	fa_buf_addf(p->out,
		"<p><label for=\"%s\">%s</label> <select id=\"%s\">"
		"<option value=\"\">%s</option>",
		id, name, id, FA_BOARD_SAY(p, "全部", "all"));
}

static void
put_tools(struct fa_board_page *p)
{
	fa_buf_addf(p->out,
		"<div id=\"tools\" hidden>\n<p><label for=\"q\">%s</label> "
		"<input id=\"q\" type=\"search\" autocomplete=\"off\"></p>\n",
		FA_BOARD_SAY(
			p, "名称、包名、发布者", "name, package, publisher"));
	put_choice(p, "fs", FA_BOARD_SAY(p, "商店", "store"));
	fa_buf_adds(p->out, "</select></p>\n");
	put_choice(p, "fc", FA_BOARD_SAY(p, "类别", "category"));
	fa_buf_adds(p->out, "</select></p>\n");
	put_choice(p, "fg", FA_BOARD_SAY(p, "等级", "grade"));
	for (const char *g = "ABCDEUN"; *g; g++)
		fa_buf_addf(p->out, "<option>%c</option>", *g);
	fa_buf_adds(p->out, "</select></p>\n");
	put_choice(p, "fk", FA_BOARD_SAY(p, "只看", "only"));
	fa_buf_addf(p->out,
		"<option value=\"f\">%s</option><option value=\"h\">%s"
		"</option><option value=\"u\">%s</option><option value=\"x\">"
		"%s</option></select></p>\n",
		FA_BOARD_SAY(p, "有发现", "with a finding"),
		FA_BOARD_SAY(
			p, "有高、严重的发现", "with a high or critical one"),
		FA_BOARD_SAY(p, "有发现而未复核", "with one, not reviewed"),
		FA_BOARD_SAY(p, "未扫描", "not scanned"));
	fa_buf_adds(p->out, "<p id=\"count\" role=\"status\"></p>\n</div>\n");
}

void
fa_board_filter(struct fa_buf *out, const struct fa_board_site *site)
{
	struct fa_board_page p = { .site = site };
	const char *const heads[] = { FA_BOARD_SAY(&p, "应用", "app"),
		FA_BOARD_SAY(&p, "商店", "store"),
		FA_BOARD_SAY(&p, "类别", "category"),
		FA_BOARD_SAY(&p, "发布者", "publisher"),
		FA_BOARD_SAY(&p, "等级", "grade"),
		FA_BOARD_SAY(&p, "#得分", "#points"),
		FA_BOARD_SAY(&p, "#违规", "#violations"),
		FA_BOARD_SAY(&p, "#缺失", "#gaps"),
		FA_BOARD_SAY(&p, "#高、严重", "#high, critical"),
		FA_BOARD_SAY(&p, "#已复核", "#reviewed") };

	fa_board_begin(&p, out, site, "",
		fa_str_c(FA_BOARD_SAY(&p, "筛选应用", "Filter apps")),
		"apps.html");
	fa_buf_addf(out,
		"<noscript><p>%s <a href=\"list/score-1.html\">%s</a> "
		"<a href=\"list/coverage-1.html\">%s</a></p></noscript>\n",
		FA_BOARD_SAY(&p, "此页需要脚本；各名单不需要：",
			"This page needs a script; the lists do not:"),
		FA_BOARD_SAY(&p, "按得分", "by score"),
		FA_BOARD_SAY(&p, "全部应用", "all apps"));
	put_tools(&p);
	fa_buf_adds(out, "<div id=\"filter\" hidden>\n");
	fa_board_table(&p,
		FA_BOARD_SAY(&p, "符合条件的应用", "apps that match"), heads,
		FA_COUNT(heads));
	/* Rows come by script into the body that fa_board_table opened. */
	fa_board_table_end(&p);
	fa_buf_addf(out,
		"</div>\n<p><button type=\"button\" id=\"more\" hidden>%s"
		"</button></p>\n<script src=\"filter.js\"></script>\n",
		FA_BOARD_SAY(&p, "再显示 200 行", "show 200 more"));
	for (size_t i = 1; i <= site->shards; i++)
		fa_buf_addf(
			out, "<script src=\"data/data-%zu.js\"></script>\n", i);
	fa_board_end(&p);
}

void
fa_board_data_begin(struct fa_buf *out, size_t shard)
{
	(void)shard;
	fa_buf_adds(out, "faBoard([\n");
}

/* A string that is one in JSON and in JavaScript, and stays one when a page
 * should ever hold it. */
static void
put_string(struct fa_buf *out, struct fa_str s)
{
	struct fa_buf shown FA_CLEANUP(fa_buf_done) = { 0 };
	struct fa_buf json FA_CLEANUP(fa_buf_done) = { 0 };
	struct fa_jw w;
	struct fa_str text;

	if (fa_text_is_plain(s) &&
		fa_str_find(s, FA_STR("\\"), 0) == SIZE_MAX) {
		fa_buf_addc(out, '"');
		fa_buf_add(out, s);
		fa_buf_addc(out, '"');
		return;
	}
	fa_buf_init(&shown, 1u << 20);
	fa_buf_init(&json, 8u << 20);
	fa_report_visible(&shown, s, false);
	fa_jw_init(&w, &json, 0);
	fa_jw_str(&w, fa_buf_str(&shown));
	text = fa_buf_str(&json);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '<' || c == '>' || c == '&')
			fa_buf_addf(out, "\\u%04x", (unsigned)c);
		else
			fa_buf_addc(out, c);
	}
	fa_report_carry(out, &shown);
	fa_report_carry(out, &json);
}

void
fa_board_data_app(struct fa_buf *out, const struct fa_board_app *x, bool first)
{
	const struct fa_str texts[] = { x->app.n > 0 ? x->app : x->key,
		x->package, x->category, x->store, x->publisher };
	bool scanned = x->stage >= FA_BOARD_SCANNED;
	bool scored = scanned && x->grade != 'N' && x->grade != 'U';

	fa_buf_addf(out, "%s[\"%016llx\"", first ? "" : ",\n",
		(unsigned long long)x->id);
	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		fa_buf_addc(out, ',');
		put_string(out, texts[i]);
	}
	fa_buf_addf(out, ",\"%.*s\",%lld,%lld,%lld,%lld,%lld,%d]",
		scanned ? 1 : 0, &x->grade,
		scored ? (long long)(x->hi / 1000000) : -1LL,
		(long long)x->violations, (long long)x->gaps,
		(long long)x->grave, (long long)x->reviewed,
		fa_board_has_page(x) ? 1 : 0);
}

void
fa_board_data_end(struct fa_buf *out)
{
	fa_buf_adds(out, "\n]);\n");
}
