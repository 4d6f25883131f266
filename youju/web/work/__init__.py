"""项目与走访: projects, campaigns, visits, registers, requests and publicity, one module and one template folder a noun."""
