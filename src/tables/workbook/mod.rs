//! Workbooks (.xlsx, ECMA-376), read and written.
//!
//! Both are written by hand over what Word documents need already, the package
//! (`zip`) and the reader of tags of `documents`. Each way was weighed in a
//! module with the flags of this project, in kB after brotli beyond that package:
//! `calamine` 163 and `rust_xlsxwriter` 15; the reader and the writer here are 14
//! together in a module that has the policy and the answers anyway, and 40 in one
//! that has nothing else. What decides is not the size alone: calamine gives every
//! number as a float, so that an 18-digit identity number comes rounded and
//! `0.1 + 0.2` with its noise, and does not say how a cell shows its number; here
//! the digits of the file are kept, and points, money and identifiers stay exact.

mod comments;
mod parts;
mod reader;
mod writer;

pub use reader::read_workbook;
pub use writer::write_workbook;
