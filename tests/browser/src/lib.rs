//! Nothing: this package is its tests, which `cargo xtask test` runs inside a browser.
