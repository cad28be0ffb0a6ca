//! Places for connections. At a cap a new one takes the place of the oldest that shows no sign of being anybody's, so that no number
//! of silent ones keeps a phone, or whoever asks for health, outside.

use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::ids::DeviceId;
use daiban_messages::say::server as say;
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Connections of one device: a phone needs one, and another while the line under the first is dying.
const PER_DEVICE: usize = 8;

/// How many connections there may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caps {
    /// In all.
    pub total: usize,
    /// From one address, of those that have not said who they are.
    pub per_address: usize,
    /// Peers that name the address of whoever stands behind them.
    pub trusted_proxies: Vec<IpAddr>,
}

/// Whose a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Owner {
    /// Nobody's yet, from this address.
    Address(IpAddr),
    /// A trusted proxy's, between two requests.
    Proxy,
    /// A device's: it signed a request.
    Device(DeviceId),
    /// The office's: it showed its token.
    Office,
}

#[derive(Debug)]
struct Held {
    peer: Owner,
    owner: Owner,
    /// Between complete headers and the end of the answer.
    asking: bool,
    close: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    /// By age.
    held: BTreeMap<u64, Held>,
    count: HashMap<Owner, usize>,
}

/// All connections of a listener.
#[derive(Debug)]
pub struct Places {
    caps: Caps,
    open: Mutex<Open>,
}

/// A connection's place as requests see it.
#[derive(Clone, Debug)]
pub struct ConnectionPlace {
    places: Arc<Places>,
    id: u64,
}

/// A connection's place; free again when this is dropped.
#[derive(Debug)]
pub struct ConnectionSeat {
    place: ConnectionPlace,
    close: Arc<Notify>,
}

impl Open {
    fn enter(&mut self, owner: Owner) {
        *self.count.entry(owner).or_default() += 1;
    }

    fn leave(&mut self, owner: Owner) {
        if let Some(count) = self.count.get_mut(&owner) {
            *count -= 1;
            if *count == 0 {
                self.count.remove(&owner);
            }
        }
    }

    fn counted(&self, owner: Owner) -> usize {
        self.count.get(&owner).copied().unwrap_or(0)
    }

    fn give(&mut self, id: u64, owner: Owner) {
        let Some(held) = self.held.get_mut(&id) else { return };
        let before = std::mem::replace(&mut held.owner, owner);
        self.leave(before);
        self.enter(owner);
    }

    fn remove(&mut self, id: u64) -> Option<Held> {
        let held = self.held.remove(&id)?;
        self.leave(held.owner);
        Some(held)
    }

    /// Closes the oldest connection of an owner, rather one that asks nothing.
    fn close_oldest_of(&mut self, owner: Owner, but: Option<u64>) -> bool {
        let of = |asking| {
            let fits = |(id, held): &(&u64, &Held)| held.owner == owner && held.asking == asking && Some(**id) != but;
            self.held.iter().find(fits).map(|(id, _)| *id)
        };
        let Some(held) = of(false).or_else(|| of(true)).and_then(|id| self.remove(id)) else { return false };
        held.close.notify_one();
        true
    }

    /// Makes room when all places are taken: at the expense of the address that holds most, then of whoever is known and asks nothing.
    fn make_room(&mut self) -> bool {
        let unknown = self.count.iter().filter(|(owner, _)| matches!(owner, Owner::Address(_)));
        if let Some(heaviest) = unknown.max_by_key(|(_, count)| **count).map(|(owner, _)| *owner) {
            return self.close_oldest_of(heaviest, None);
        }
        let idle = self.held.iter().find(|(_, held)| !held.asking).map(|(id, _)| *id);
        let closed = idle.and_then(|id| self.remove(id)).map(|held| held.close.notify_one());
        closed.is_some()
    }
}

impl Places {
    /// None taken yet.
    pub fn new(caps: Caps) -> Arc<Places> {
        Arc::new(Places { caps, open: Mutex::default() })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are taken.
    pub fn taken(&self) -> usize {
        self.open().held.len()
    }

    /// A place for a new connection; `None` if every place is held by somebody who is known and at work.
    pub fn arrive(self: &Arc<Places>, peer: IpAddr) -> Option<ConnectionSeat> {
        let peer = peer.to_canonical();
        let owner = if self.caps.trusted_proxies.contains(&peer) { Owner::Proxy } else { Owner::Address(peer) };
        let mut open = self.open();
        let crowded = owner != Owner::Proxy && open.counted(owner) >= self.caps.per_address;
        if crowded && !open.close_oldest_of(owner, None) {
            return None;
        }
        if open.held.len() >= self.caps.total && !open.make_room() {
            return None;
        }
        let (id, close) = (open.next, Arc::new(Notify::new()));
        open.next += 1;
        open.held.insert(id, Held { peer: owner, owner, asking: false, close: close.clone() });
        open.enter(owner);
        Some(ConnectionSeat { place: ConnectionPlace { places: self.clone(), id }, close })
    }
}

impl ConnectionSeat {
    /// The place.
    pub fn place(&self) -> &ConnectionPlace {
        &self.place
    }

    /// Waits until another connection takes this place.
    pub async fn taken_away(&self) {
        self.close.notified().await;
    }
}

impl Drop for ConnectionSeat {
    fn drop(&mut self) {
        self.place.places.open().remove(self.place.id);
    }
}

impl ConnectionPlace {
    /// The peers that may name an address.
    pub fn trusted_proxies(&self) -> &[IpAddr] {
        &self.places.caps.trusted_proxies
    }

    /// Where the request comes from, as far as it is known: behind a trusted proxy what that names.
    pub fn address(&self) -> Option<IpAddr> {
        let open = self.places.open();
        let held = open.held.get(&self.id)?;
        [held.owner, held.peer].into_iter().find_map(|owner| match owner {
            Owner::Address(address) => Some(address),
            _ => None,
        })
    }

    /// A request's headers are complete. `named`: for whom a proxy asks; beyond what one address may hold it is told to wait.
    pub fn asks(&self, named: Option<IpAddr>) -> Result<(), Problem> {
        let mut open = self.places.open();
        let Some(held) = open.held.get_mut(&self.id) else { return Ok(()) };
        held.asking = true;
        if let (Owner::Proxy, Some(address)) = (held.peer, named) {
            if open.counted(Owner::Address(address)) >= self.places.caps.per_address {
                return Err(crowded());
            }
            open.give(self.id, Owner::Address(address));
        }
        Ok(())
    }

    /// The answer is out.
    pub fn answered(&self) {
        let mut open = self.places.open();
        let Some(held) = open.held.get_mut(&self.id) else { return };
        held.asking = false;
        if held.peer == Owner::Proxy {
            open.give(self.id, Owner::Proxy);
        }
    }

    /// The request is this device's. Past what one device needs, its oldest connection goes.
    pub fn is_of_device(&self, device: DeviceId) {
        let mut open = self.places.open();
        open.give(self.id, Owner::Device(device));
        if open.counted(Owner::Device(device)) > PER_DEVICE {
            open.close_oldest_of(Owner::Device(device), Some(self.id));
        }
    }

    /// The request is the office's.
    pub fn is_of_office(&self) {
        self.places.open().give(self.id, Owner::Office);
    }
}

fn crowded() -> Problem {
    Problem::said(StatusCode::TOO_MANY_REQUESTS, "too_many_connections", say::ConnectionsTooMany)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn places(total: usize, per_address: usize) -> Arc<Places> {
        Places::new(Caps { total, per_address, trusted_proxies: vec![ip(9)] })
    }

    fn ip(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    fn away(seat: &ConnectionSeat) -> bool {
        seat.taken_away().now_or_never().is_some()
    }

    #[test]
    fn at_the_cap_the_oldest_unknown_of_the_heaviest_address_goes() {
        let places = places(4, 3);
        let honest = places.arrive(ip(1)).unwrap();
        let many: Vec<ConnectionSeat> = (0..3).map(|_| places.arrive(ip(2)).unwrap()).collect();
        let phone = places.arrive(ip(1)).unwrap();
        assert!(away(&many[0]) && !away(&many[1]) && !away(&honest));
        many[1].place().asks(None).unwrap();
        drop(phone);
        let fourth = places.arrive(ip(2)).unwrap();
        let fifth = places.arrive(ip(2)).unwrap();
        assert!(away(&many[2]) && !away(&many[1]), "who asks goes last");
        assert_eq!(places.taken(), 4);
        drop((honest, many, fourth, fifth));
        assert_eq!(places.taken(), 0);
        assert!(places.open().count.is_empty());
    }

    #[test]
    fn the_known_count_for_themselves_and_keep_their_places() {
        let places = places(3, 2);
        let seats: Vec<ConnectionSeat> = (0..2).map(|_| places.arrive(ip(1)).unwrap()).collect();
        for (n, seat) in seats.iter().enumerate() {
            seat.place().is_of_device(DeviceId([n as u8; 16]));
            seat.place().asks(None).unwrap();
        }
        let office = places.arrive(ip(1)).unwrap();
        office.place().is_of_office();
        office.place().asks(None).unwrap();
        assert!(places.arrive(ip(2)).is_none(), "all of them are at work");
        office.place().answered();
        let next = places.arrive(ip(2)).unwrap();
        assert!(away(&office) && !away(&seats[0]) && !away(&next));
    }

    #[test]
    fn a_device_keeps_its_newest_connections() {
        let places = places(100, 100);
        let seats: Vec<ConnectionSeat> = (0..=PER_DEVICE).map(|_| places.arrive(ip(1)).unwrap()).collect();
        for seat in &seats {
            seat.place().is_of_device(DeviceId([7; 16]));
        }
        assert_eq!(seats.iter().map(away).filter(|away| *away).count(), 1);
        assert!(!away(&seats[0]) && places.taken() == PER_DEVICE);
    }

    #[test]
    fn behind_a_proxy_the_named_address_counts_while_it_asks() {
        let places = places(100, 2);
        let seats: Vec<ConnectionSeat> = (0..4).map(|_| places.arrive(ip(9)).unwrap()).collect();
        seats[0].place().asks(Some(ip(1))).unwrap();
        seats[1].place().asks(Some(ip(1))).unwrap();
        assert_eq!(seats[2].place().asks(Some(ip(1))).unwrap_err().code, "too_many_connections");
        seats[3].place().asks(Some(ip(2))).unwrap();
        seats[0].place().answered();
        seats[2].place().asks(Some(ip(1))).unwrap();
        seats[1].place().is_of_device(DeviceId([1; 16]));
        seats[0].place().asks(Some(ip(1))).unwrap();
    }
}
