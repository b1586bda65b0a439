//! Building the page: from the module, the scheme, the wording and the styles to the
//! files that a server, a host page or npm takes.

pub mod assembly;
pub mod assets;
pub mod bill_of_materials;
pub mod division;
pub mod element_style;
pub mod import_names;
pub mod npm_package;
pub mod scripts;
pub mod style_sheets;
pub mod targets;
