//! A server with a case, people of every role and phones in every state.

use super::identity::Identity;
use axum::Router;
use daiban_core::ids::{DeviceId, PersonId};
use daiban_core::people::Role;
use daiban_core::sync::enrol::{Enrolling, Invitation};
use daiban_core::sync::{Signer, SoftwareKey};
use daiban_server::app::App;
use daiban_server::auth::enrol;
use daiban_server::clock::Clock;
use daiban_server::commands::Order;
use daiban_server::config::Config;
use daiban_server::db::scratch::Scratch;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// 2026-11-23 09:00 in Shanghai.
const NOW: i64 = 1_795_395_600;

/// See the top of this file.
pub struct House {
    pub app: Arc<App>,
    /// The case.
    pub case: String,
    /// The secret of its enterprise's address.
    pub link: String,
    keys: [SoftwareKey; 5],
    counter: AtomicU64,
    folder: PathBuf,
    _database: Option<Scratch>,
}

impl House {
    pub async fn open(name: &str) -> House {
        let folder = std::env::temp_dir().join(format!("daiban-routes-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let database = Scratch::new();
        let config = Config { database: database.as_ref().map(Scratch::url), ..Config::local(&folder) };
        // Opening blocks, so it happens outside the runtime's threads.
        let app = std::thread::spawn(|| App::open(config, Clock::moved(NOW))).join().unwrap().unwrap();
        let keys = [1, 2, 3, 4, 5].map(|seed| SoftwareKey::from_secret(&[seed; 32]));
        let (case, link) = (String::new(), String::new());
        let mut house = House { app, case, link, keys, counter: AtomicU64::new(1), folder, _database: database };
        house.people().await;
        house.phones().await;
        house.case().await;
        house
    }

    pub fn router(&self) -> Router {
        daiban_server::router::router(self.app.clone())
    }

    /// A number above all that were given out.
    pub fn counter(&self) -> u64 {
        self.counter.fetch_add(1, Ordering::Relaxed)
    }

    pub fn key(&self, who: Identity) -> &SoftwareKey {
        match who {
            Identity::Pending => &self.keys[1],
            Identity::Revoked => &self.keys[2],
            Identity::Phone => &self.keys[3],
            Identity::Chief => &self.keys[4],
            _ => &self.keys[0],
        }
    }

    async fn order(&self, command: Value) -> Value {
        let order: Order = serde_json::from_value(command.clone()).unwrap();
        self.app.execute(&order.by, order.command).await.unwrap_or_else(|problem| panic!("{command}: {problem}"))
    }

    /// One person of every role, called as the role is; the first start made two of them.
    async fn people(&self) {
        for role in Role::all().into_iter().filter(|role| ![Role::Office, Role::Administrator].contains(role)) {
            let group = (role == Role::GroupSpecialist).then_some("planning");
            let unit = if role == Role::GroupSpecialist { "natural-resources" } else { "business-environment" };
            let person = json!({ "command": "person_add", "id": role.id().replace('_', "-"), "name": role.zh(), "unit": unit, "role": role, "group": group });
            self.order(person).await;
        }
    }

    async fn phones(&self) {
        for who in [Identity::Pending, Identity::Revoked, Identity::Phone, Identity::Chief] {
            let (key, holder) = (self.key(who), if who == Identity::Chief { "chief-agent" } else { "unit-agent" });
            let (app, person) = (self.app.clone(), PersonId::from(holder));
            let code = self.app.db.write(move |tx| enrol::invite(tx, &app, &person)).await.unwrap();
            let mut phone = Enrolling::new(key, Invitation::parse(&code).unwrap(), "手机", [7; 32]);
            let challenge = enrol::begin(&self.app, None, phone.begin()).await.unwrap();
            let answer = enrol::enrol(&self.app, None, phone.open(key, &challenge).unwrap()).await.unwrap();
            let device = DeviceId::of(&key.public_key());
            if who != Identity::Pending {
                self.app.db.write(move |tx| enrol::confirm(tx, device, &answer.confirmation)).await.unwrap();
            }
            if who == Identity::Revoked {
                self.app.db.write(move |tx| enrol::revoke(tx, device)).await.unwrap();
            }
        }
    }

    async fn case(&mut self) {
        let fields = json!({
            "title": "海湾新材料项目", "enterprise": "海湾新材料公司", "location": "natural-resources",
            "investment_10k_yuan": 12_000,
        });
        let opened = json!({ "command": "case_record", "as": "chief-agent", "kind": "case_opened", "fields": fields });
        let opened = self.order(opened).await;
        self.case = opened["case"].as_str().unwrap().to_owned();
        for group in [json!("planning"), Value::Null] {
            self.order(json!({ "command": "report_draft", "week": "2026-W47", "group": group })).await;
        }
        let shown = self.order(json!({ "command": "case_show", "case": self.case })).await;
        self.link = shown["enterprise_page"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
