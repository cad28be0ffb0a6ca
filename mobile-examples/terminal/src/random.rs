//! The only place in the field client that draws randomness.

/// Fills `out` with fresh random bytes from the operating system; ids, keys and nonces are made of them.
#[expect(clippy::disallowed_methods, reason = "this is the one place that draws randomness")]
#[expect(clippy::expect_used, reason = "an operating system without randomness cannot keep a key")]
pub fn fill(out: &mut [u8]) {
    getrandom::fill(out).expect("the operating system gives random bytes");
}

/// Fresh random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    fill(&mut out);
    out
}
