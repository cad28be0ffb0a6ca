### Dates of a record that are not believed as they stand.

-office = 办公室

occurred-at = 发生时间
before-plan = { $label }{ $date }早于实施方案印发日期{ $plan }，没有保存；请核对原件后改正年份。
to-come = { $label }{ $date }尚未到，没有保存；请改为实际日期，事情办完后再记录。
far-back = { $label }{ $date }距今{ $days }天，请核对年份；属实的，上传后须由{ -office }认定才生效。
long-ago = { $label }{ $date }距今{ $days }天，请核对；属实的按补录保存。

## Which projects are helped, and where they lie.

investment-too-small = 投资额不足{ $least }，且没有党委、政府的决定文号，不属于代办范围（四(一)）；请核对投资额或补充决定文号。
hundred-millions = { $hundred-millions }亿元（{ $ten-thousands }万元）
ten-thousands = { $ten-thousands }万元
place-unknown = “{ $place }”不是名录中的街道、乡镇或园区{ $near }，请核对；名录中没有的，请办公室添加后更正。
place-near = ，相近的有：{ $places }
