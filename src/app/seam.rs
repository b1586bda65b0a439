//! Where the module can be divided: a call over a seam leads into a piece that
//! is fetched later.
//!
//! This is the one file that may say `unsafe`. What crosses a seam is a plain
//! function in one module of WebAssembly and an imported one in the other, and
//! Rust calls both by that word. The two are made from one declaration here, so
//! that they always agree.

/// Declares a function that lies beyond a seam, in the piece of a name. Where
/// the module is divided, the tool that divides it finds the two halves by
/// these names, and puts what only the second one reaches into the piece; the
/// piece has to be there when the function is called. Elsewhere the function is
/// called as any other. Two hexadecimal digits tell the seams of a piece apart.
macro_rules! seam {
    ($(#[$doc:meta])* $piece:literal $digits:literal fn $name:ident($($given:ident: $kind:ty),*) -> $gives:ty $body:block) => {
        $(#[$doc])*
        #[cfg(not(all(feature = "divided", target_family = "wasm")))]
        fn $name($($given: $kind),*) -> $gives $body

        $(#[$doc])*
        #[cfg(all(feature = "divided", target_family = "wasm"))]
        #[allow(unsafe_code, improper_ctypes, improper_ctypes_definitions)]
        fn $name($($given: $kind),*) -> $gives {
            #[link(wasm_import_module = "__wasm_split_placeholder__")]
            unsafe extern "C" {
                #[link_name = concat!("__wasm_split_00", $piece, "00_import_000000000000000000000000000000", $digits)]
                safe fn beyond($($given: $kind),*) -> $gives;
            }
            #[unsafe(export_name = concat!("__wasm_split_00", $piece, "00_export_000000000000000000000000000000", $digits))]
            extern "C" fn here($($given: $kind),*) -> $gives $body
            beyond($($given),*)
        }
    };
}

pub(crate) use seam;
