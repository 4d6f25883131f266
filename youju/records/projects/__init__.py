"""项目: 书记项目, 突破/攻关/创新项目, 品牌, 工程, 为农服务项目: goal → milestones → outcome with evidence, on one sheet."""
