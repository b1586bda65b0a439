// What a host may do with the elements: it hears figures, never who applies.
const ELIGIBILITY = { eligible: "符合", ineligible: "不符合", unknown: "待确认" };
for (const id of ["first", "second"]) {
  document.getElementById(id).addEventListener("assessment-change", (event) => {
    const { total, range, eligibility } = event.detail;
    document.getElementById(id + "-told").textContent =
      `自评 ${total} 分（${range.strict}–${range.lenient}），资格：${ELIGIBILITY[eligibility]}`;
  });
}
