//! Pages that say no, in Chinese and English, with what to do next.

use super::{Lang, Shell, Tab, page};
use crate::error::Problem;
use askama::Template;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use daiban_core::calendar::local_stamp;
use std::borrow::Cow;

/// Why a page is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFailure {
    /// Nothing at this address, or nothing for this reader: never told apart.
    NotFound,
    /// The reader has not shown the office key.
    Unauthorised,
    /// The key that was shown is not the office's.
    WrongKey,
    /// The data could not be read.
    Broken,
    /// Too many read at once.
    Busy,
    /// This address was read too often.
    TooOften {
        /// Seconds until it may be read again.
        wait: u32,
        /// That moment, Unix seconds.
        at: i64,
    },
    /// There is more than one page can tell.
    TooMuch,
}

/// When somebody who found the server busy should come again, seconds.
const BUSY_WAIT: u32 = 30;

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    shell: Shell,
    code: u16,
    what: &'static str,
    next: Cow<'static, str>,
    entrance: bool,
    home: Option<&'static str>,
}

impl PageFailure {
    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        match self {
            PageFailure::NotFound => StatusCode::NOT_FOUND,
            PageFailure::Unauthorised | PageFailure::WrongKey => StatusCode::UNAUTHORIZED,
            PageFailure::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            PageFailure::Busy | PageFailure::TooMuch => StatusCode::SERVICE_UNAVAILABLE,
            PageFailure::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// Seconds until it is worth trying again, where that is known.
    fn wait(self) -> Option<u32> {
        match self {
            PageFailure::Busy => Some(BUSY_WAIT),
            PageFailure::TooOften { wait, .. } => Some(wait),
            _ => None,
        }
    }

    /// The page for a reader of the office.
    pub fn office(self, lang: Lang, uri: &Uri) -> Response {
        self.written(lang, uri, true)
    }

    /// The page for anybody else: it does not show where else one could go, nor the address that was tried.
    pub fn public(self, lang: Lang) -> Response {
        self.written(lang, &Uri::from_static("/"), false)
    }

    fn written(self, lang: Lang, uri: &Uri, office: bool) -> Response {
        let (title, what, next) = self.words(lang);
        let entrance = matches!(self, PageFailure::Unauthorised | PageFailure::WrongKey);
        let mut shell = Shell::new(lang, uri, Tab::Elsewhere, title);
        shell.office = office && !entrance;
        let home = (office && !entrance).then_some("/cases");
        let mut answer = page(&FailurePage { shell, code: self.status().as_u16(), what, next, entrance, home });
        *answer.status_mut() = self.status();
        if entrance {
            let realm = header::HeaderValue::from_static("Bearer realm=\"daiban\"");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
        }
        if let Some(wait) = self.wait() {
            answer.headers_mut().insert(header::RETRY_AFTER, wait.into());
        }
        answer.into_response()
    }

    /// Title, what happened, what to do next.
    fn words(self, lang: Lang) -> (&'static str, &'static str, Cow<'static, str>) {
        let t = |zh, en| lang.t(zh, en);
        let (title, what, next) = match self {
            PageFailure::TooOften { wait, at } => return too_often(lang, wait, at),
            PageFailure::NotFound => (
                t("没有找到这个页面", "Page not found"),
                t("网址可能不完整，或者内容已经变更。", "The address may be incomplete, or its contents have moved."),
                t(
                    "请核对网址；企业用户请重新打开办公室发来的完整链接，或联系首席代办员。",
                    "Please check it. Enterprises: open the whole link from the office again, or ask the chief agent.",
                ),
            ),
            PageFailure::Unauthorised => (
                t("请先进入", "Please enter first"),
                t(
                    "本页面仅供办公室工作人员使用，浏览器尚未登记。",
                    "This page is for the staff of the task-force office; this browser is not known yet.",
                ),
                t(
                    "请打开服务器启动时显示的进入链接（…/enter?key=…），或在下面输入办公口令。口令由系统管理员保管。",
                    "Open the link that the server printed (…/enter?key=…), or type the office key below. The administrator keeps it.",
                ),
            ),
            PageFailure::WrongKey => (
                t("口令不正确", "The key is not right"),
                t("输入的办公口令与服务器的不一致。", "The key does not match the server's."),
                t("请向系统管理员核对后重新输入，注意不要多带空格。", "Please check it with the administrator and try again."),
            ),
            PageFailure::Broken => (
                t("页面暂时打不开", "The page cannot be shown now"),
                t(
                    "服务器读取数据时出错，已记入日志；已经上传的记录不受影响。",
                    "The server could not read its data; nothing uploaded is lost.",
                ),
                t("请稍后刷新；若仍打不开，请联系系统管理员。", "Please reload later, or ask the administrator."),
            ),
            PageFailure::Busy => (
                t("现在查看的人较多", "Too many readers just now"),
                t("服务器正忙，本页暂时没有取出；已经登记的内容不受影响。", "The server is busy; nothing recorded is touched."),
                t("请过半分钟再打开本页。", "Please open this page again in half a minute."),
            ),
            PageFailure::TooMuch => (
                t("本项目的记录过多，网页放不下", "This case has more records than a page can tell"),
                t("记录都已完整保存，只是不能在网页上显示。", "All of them are kept; only this page cannot show them."),
                t("请联系首席代办员或办公室了解进度。", "Please ask the chief agent or the task-force office."),
            ),
        };
        (title, what, next.into())
    }
}

/// Says when the page may be read again.
fn too_often(lang: Lang, wait: u32, at: i64) -> (&'static str, &'static str, Cow<'static, str>) {
    let title = lang.t("查看过于频繁", "Read too often");
    let what = lang.t(
        "这个网址一分钟内被打开的次数过多，可能是转发给了很多人。内容没有丢失。",
        "This address was opened too often within a minute; it may have been passed on to many. Nothing is lost.",
    );
    let (stamp, seconds) = (local_stamp(at), at.rem_euclid(60));
    let next = match lang {
        Lang::Zh => format!("请在{wait}秒后（{stamp}:{seconds:02}）再打开本页。请勿转发链接。"),
        Lang::En => format!("Please open it again in {wait} seconds ({stamp}:{seconds:02}). Please do not pass the address on."),
    };
    (title, what, next.into())
}

/// What answers an address nobody serves: a problem document under `/v1` and to programs, a page to browsers.
pub async fn fallback(lang: Lang, uri: Uri, headers: HeaderMap) -> Response {
    let wants_html = headers.get_all(header::ACCEPT).iter().any(|v| v.to_str().is_ok_and(|v| v.contains("text/html")));
    if uri.path().starts_with("/v1/") || !wants_html {
        return Problem::not_found("该地址", "address").into_response();
    }
    let mut answer = PageFailure::NotFound.public(lang);
    super::guard::put(answer.headers_mut());
    answer
}
