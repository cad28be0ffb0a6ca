//! `uniffi-bindgen`: Kotlin and Python out of the built library. Called by `bindings/scripts/generate.sh`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
