// What a host may do with the elements: it hears figures, never who applies.
for (const id of ["first", "second"]) {
  document.getElementById(id).addEventListener("assessment-change", (event) => {
    const { total, range, eligibility } = event.detail;
    document.getElementById(id + "-told").textContent =
      `自评 ${total} 分（${range.strict}–${range.lenient}），资格：${eligibility}`;
  });
}
