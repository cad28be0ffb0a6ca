//! The pages in a real browser: every page opens at 360 and 1280 pixels without overflow, says what it must, hides what it must,
//! keeps its contrast in light and dark, and prints. Pictures are kept under `target/screenshots`, to be looked at.

#[path = "../browser/chromium.rs"]
mod chromium;
#[path = "../browser/district.rs"]
mod district;

use chromium::Chromium;
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::serve::Running;
use daiban_tests::switch::left_out;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A page, and what must stand on it.
struct Wanted {
    name: &'static str,
    path: String,
    says: &'static [&'static str],
}

fn pages(app: &App) -> Vec<Wanted> {
    let page = |name, path: &str, says| Wanted { name, path: path.to_owned(), says };
    vec![
        page(
            "cases",
            "/cases",
            &[
                "代办项目",
                "大连智造新能源电池材料生产基地",
                "编制流程表",
                "超期",
                "校验未通过 1",
                "记录不一致（待核实） 1",
                "<script>alert(1)",
            ],
        ),
        page("cases-filtered", "/cases?lamp=grey&q=海洋", &["海洋食品精深加工园项目", "共 1 个项目", "清除"]),
        page("cases-none", "/cases?q=没有这样的项目", &["没有符合条件的项目"]),
        page(
            "case",
            &format!("/cases/{}", district::FULL),
            &[
                "记录不一致（待核实）",
                "暂按此计算",
                "首席代办员",
                "李昇玥",
                "王喆",
                "空缺",
                "代管材料",
                "建设用地规划许可证申请表",
                "暂存记录",
                "校验不符",
                "发生",
                "记录",
                "到达",
                "已加密",
                "已更正",
                "无效",
                "迟到记录认定",
                "予以采纳",
                "代办团队调整",
                "周报确认",
                "计算过程",
                "四(四)2",
                "已完成或停止的事项",
                "存证链末位",
            ],
        ),
        page("case-rude", &format!("/cases/{}", district::RUDE), &["<script>alert(1)</script>", "暂定", "AAAAAAAA"]),
        page("organisation", "/organisation", &["组织机构", "组长", "工作联系人", "空缺", "牵头单位"]),
        page("duties", "/duties", &["应办事项", "报送代办服务流程表", "答复建设单位问询", "确定", "进行中"]),
        page("reports", "/reports", &["2026年第47周", "区周报", "已报送", "草稿"]),
        page(
            "report-district",
            "/reports/2026-W47",
            &[
                "普兰店区发展和改革委员会",
                "区人民政府：",
                "需协调事项：",
                "附件：工作日志摘录",
                "请区自然资源分局牵头，区交通运输局参会，研究",
                "一、进展情况",
                "二、存在问题",
                "三、解决问题的建议",
                "四、补报",
                "抄送：区重大项目工作专班办公室。",
                "已报送",
                "SHA-256",
                "存证链末位",
                "签发人：陈芳",
            ],
        ),
        page("report-group", "/reports/2026-W48/planning", &["普兰店区自然资源分局", "项目调度组：", "草稿", "尚未定稿"]),
        page(
            "progress",
            &district::link(app, district::FULL),
            &[
                "代办进度",
                "大连昇玥新能源科技有限公司",
                "收到材料",
                "建设用地规划许可证申请表（原件2份）",
                "暂存我处的材料",
                "已答复",
                "待答复",
                "0411-83110000",
                "区营商环境建设局",
            ],
        ),
        page("progress-lead", &district::link(app, district::LEAD), &["签订《代办服务委托书》", "海洋食品精深加工园项目"]),
        page("missing", "/cases/00000000000000000000000000000000", &["没有找到这个页面", "返回项目列表"]),
        page("nowhere", "/nowhere", &["没有找到这个页面"]),
    ]
}

/// Words of internal records that the enterprise must not read.
const INTERNAL: [&str; 8] = ["张伟", "王喆", "李昇玥", "红线", "核对环评", "环评批复何时", "校验未通过", "工作日志"];

fn screenshots() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn served(runtime: &tokio::runtime::Runtime) -> (Arc<App>, String, Running) {
    let data = std::env::temp_dir().join(format!("daiban-pages-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&data);
    let listen = "127.0.0.1:0".parse().expect("an address");
    let config = Config { listen, night_hour: 1, ..Config::local(data) };
    let app = App::open(config, Clock::moved(district::now())).expect("the server opens");
    district::fill(&app);
    let _entered = runtime.enter();
    let running = daiban_server::serve::start(app.clone()).expect("the server listens");
    let url = running.url();
    (app, url, running)
}

#[test]
fn every_page_in_a_browser() {
    if left_out("browser_smoke") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (app, url, _running) = served(&runtime);
    headers(&app, &url);
    let folder = screenshots();
    let mut browser = Chromium::start(&std::env::temp_dir());
    doors(&mut browser, &app, &url, &folder);
    for wanted in pages(&app) {
        for width in [360, 1280] {
            browser.screen(width, false);
            look(&mut browser, &url, &wanted, width, &folder, "");
        }
    }
    dark_and_english(&mut browser, &app, &url, &folder);
    browser.screen(1280, false);
    for (name, path) in [("report-district", "/reports/2026-W47?lang=zh"), ("report-group", "/reports/2026-W48/planning")] {
        browser.open(&format!("{url}{path}"));
        browser.print(&folder.join(format!("{name}.pdf")));
    }
    let unexpected: Vec<&String> = browser.complaints.iter().filter(|c| !c.contains("404") && !c.contains("401")).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    let _ = std::fs::remove_dir_all(&app.config.data);
}

/// Who does not know the key is told how to get in; who does is in.
fn doors(browser: &mut Chromium, app: &App, url: &str, folder: &Path) {
    browser.screen(360, false);
    browser.open(&format!("{url}/cases"));
    assert!(said(browser).contains("请先进入"));
    browser.picture(&folder.join("enter-360.png"));
    browser.open(&format!("{url}/enter?key=wrong"));
    assert!(said(browser).contains("口令不正确"));
    browser.open(&format!("{url}/enter?key={}", app.office_token));
    browser.open(&format!("{url}/"));
    assert_eq!(browser.ask("location.pathname"), "/cases");
    assert_eq!(browser.ask("document.cookie"), "", "no script can read the key");
    browser.tab();
    assert_eq!(browser.ask("document.activeElement.className"), "skip");
}

fn said(browser: &mut Chromium) -> String {
    browser.ask("document.body.innerText").as_str().expect("text").to_owned()
}

fn look(browser: &mut Chromium, url: &str, wanted: &Wanted, width: u32, folder: &Path, suffix: &str) {
    browser.open(&format!("{url}{}", wanted.path));
    let (name, text) = (wanted.name, said(browser));
    for says in wanted.says {
        assert!(text.contains(says), "{name} at {width} does not say {says}:\n{text}");
    }
    assert!(!text.contains(district::SECRET), "{name} shows sealed data");
    if name.starts_with("progress") {
        let found: Vec<_> = INTERNAL.iter().filter(|word| text.contains(**word)).collect();
        assert!(found.is_empty(), "{name} shows internal words: {found:?}");
    }
    let wide = browser.ask("document.documentElement.scrollWidth").as_u64().expect("a number");
    assert!(wide <= u64::from(width), "{name} overflows {width}: {wide}");
    let faint = browser.ask(CONTRAST);
    assert_eq!(faint.as_array().map(Vec::len), Some(0), "{name}{suffix} at {width}: too faint: {faint}");
    browser.picture(&folder.join(format!("{name}{suffix}-{width}.png")));
}

fn dark_and_english(browser: &mut Chromium, app: &App, url: &str, folder: &Path) {
    for mut wanted in
        pages(app).into_iter().filter(|w| !w.name.starts_with("report-") && w.name != "nowhere" && !w.path.contains('?'))
    {
        browser.screen(360, true);
        look(browser, url, &wanted, 360, folder, "-dark");
        wanted.says = &[];
        browser.screen(1280, true);
        wanted.path.push_str("?lang=en");
        look(browser, url, &wanted, 1280, folder, "-dark-en");
        assert_eq!(browser.ask("document.documentElement.lang"), "en");
        browser.open(&format!("{url}/cases"));
        assert_eq!(browser.ask("document.documentElement.lang"), "en", "the language is remembered");
        browser.open(&format!("{url}/cases?lang=zh"));
    }
}

/// Texts whose contrast with what lies behind them is below AA (WCAG 2.2, 1.4.3).
const CONTRAST: &str = r#"(() => {
  const rgb = c => c.match(/[\d.]+/g).map(Number);
  const lum = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > .99) return c.slice(0, 3); } return [255, 255, 255]; };
  const out = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const e = walk.currentNode.parentElement, s = getComputedStyle(e);
    if (!walk.currentNode.data.trim() || e.closest('[aria-hidden]') || !e.getClientRects().length) continue;
    const a = lum(rgb(s.color).slice(0, 3)), b = lum(behind(e)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const size = parseFloat(s.fontSize), large = size >= 24 || size >= 18.66 && s.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) out.push(walk.currentNode.data.trim().slice(0, 20) + ' ' + ratio.toFixed(2)); }
  return out; })()"#;

/// What a browser is told beside the page.
fn headers(app: &App, url: &str) {
    let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).build());
    let get = |path: &str| {
        let bearer = format!("Bearer {}", app.office_token);
        let mut answer = agent.get(format!("{url}{path}")).header("authorization", bearer).call().expect("an answer");
        let body = answer.body_mut().read_to_string().expect("a text");
        let header = |name: &str| answer.headers().get(name).map_or("", |v| v.to_str().unwrap_or("")).to_owned();
        let told =
            [header("cache-control"), header("content-security-policy"), header("referrer-policy"), header("x-robots-tag")];
        (answer.status().as_u16(), told, body)
    };
    let (status, [cache, policy, referrer, robots], body) = get("/cases");
    assert_eq!((status, cache.as_str(), referrer.as_str()), (200, "no-store", "no-referrer"));
    assert!(policy.contains("default-src 'self'") && policy.contains("script-src 'none'"), "{policy}");
    assert!(robots.contains("noindex") && !body.contains(" style=") && !body.contains("<script"), "{robots}");
    let css = body.split('"').find(|part| part.starts_with("/assets/") && part.ends_with(".css")).expect("a style sheet");
    assert!(get(css).1[0].contains("immutable"));
    let wrong =
        ["/e/00000000000000000000000000000000", "/e/short", "/e/ZZ", &format!("{}0", district::link(app, district::LEAD))];
    let answers: Vec<_> = wrong.iter().map(|path| get(path)).collect();
    assert!(answers.iter().all(|answer| answer == &answers[0] && answer.0 == 404), "wrong links must not be told apart");
}
