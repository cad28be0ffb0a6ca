### Which projects are helped.

investment-too-small = 投资额不足{ $least }，且没有党委、政府的决定文号，不属于代办范围（四(一)）；请核对投资额或补充决定文号。
hundred-millions = { $hundred-millions }亿元（{ $ten-thousands }万元）
ten-thousands = { $ten-thousands }万元
