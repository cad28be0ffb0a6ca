### Where a project lies.

place-unknown = “{ $place }”不是名录中的街道、乡镇或园区{ $near }，请核对；名录中没有的，请办公室添加后更正。
place-near = ，相近的有：{ $places }
