//! `uniffi-bindgen-swift`: Swift, C header and module map out of the built library. Called by `bindings/scripts/generate.sh`.

fn main() {
    uniffi::uniffi_bindgen_swift();
}
