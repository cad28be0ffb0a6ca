//! What can be asked about packs.

use clap::Subcommand;
use std::path::PathBuf;

/// Questions about a pack.
#[derive(Debug, Subcommand)]
pub enum PackTask {
    /// 检查方案包，一次列出全部问题 · check a pack; everything that is wrong at once, with file and line
    #[command(after_help = "示例 · example: daiban pack check ./packs/my-district")]
    Check {
        /// 方案包文件夹 · the folder of the pack
        folder: PathBuf,
    },
    /// 显示方案包：单位、工作组、应办事项、数值、文字 · show a pack; without a folder the one in force
    #[command(after_help = "示例 · examples: daiban pack show    daiban pack show ./packs/my-district")]
    Show {
        /// 方案包文件夹 · the folder of the pack
        folder: Option<PathBuf>,
    },
}
