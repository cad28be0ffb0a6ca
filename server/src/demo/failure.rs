//! What stops a demo before its end; an outcome that does not hold is not among these, it is counted.

use crate::app::OpenError;
use crate::error::Problem;
use crate::serve::ServeError;
use daiban_field::Fault;

/// The demo could not go on.
#[derive(Debug, thiserror::Error)]
pub enum DemoFailure {
    /// The folder or the database is not empty.
    #[error("{en}")]
    Taken {
        /// A sentence for the operator, with what to do next.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// The server's data.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The server's socket.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// A command of the office was refused.
    #[error("the office's command failed: {0}")]
    Command(#[from] Problem),
    /// A field client failed.
    #[error("a field client failed: {0}")]
    Field(#[from] Fault),
    /// The server's answer over HTTP is not what it should be.
    #[error("over HTTP: {0}")]
    Http(String),
    /// The system.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl DemoFailure {
    /// A sentence for the operator, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            DemoFailure::Taken { zh, .. } => zh.clone(),
            DemoFailure::Open(error) => error.zh(),
            DemoFailure::Serve(error) => error.zh(),
            DemoFailure::Command(problem) => format!("演示中断，办公室命令未执行：{problem}"),
            DemoFailure::Field(fault) => format!("演示中断，外勤端出错：{}", fault.said().zh),
            DemoFailure::Http(what) => format!("演示中断，服务器回答有误：{what}"),
            DemoFailure::Io(error) => format!("演示中断（{error}），请检查临时文件夹的空间和权限后重试。"),
        }
    }
}
